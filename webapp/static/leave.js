// Leaves at once where scripts run: the page is blank before the network answers, and “back” does not return to it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-away]");
  if (!form) return;
  const away = form.dataset.away;
  let presses = 0;
  let last = 0;

  const leave = () => {
    document.documentElement.style.display = "none";
    document.title = "";
    // Throws the draft away on the server; the page does not wait for it.
    navigator.sendBeacon(form.action, new FormData(form));
    window.location.replace(away);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  const keys = form.querySelector(".leave-quickly__keys");
  if (keys && window.matchMedia("(hover: hover)").matches) keys.hidden = false;

  // Escape three times within two seconds, for who has a keyboard and no time to aim.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = event.timeStamp - last < 1000 ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses >= 3) leave();
  });
})();
