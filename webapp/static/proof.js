// Under load: has the sum done in the background and sends the complaint when it is found, or when enough was waited.
(() => {
  "use strict";
  const form = document.querySelector("form[data-challenge]");
  if (!form || !window.Worker) return;
  const { challenge, zeroBits, seconds, worker } = form.dataset;
  const button = form.querySelector("button");
  let sent = false;

  const send = (number) => {
    if (sent) return;
    sent = true;
    form.elements.namedItem("proof").value = challenge + ":" + number;
    button.hidden = false;
    button.click();
  };

  const by = (work) => {
    document.getElementById("proof-by-work").hidden = !work;
    document.getElementById("proof-by-waiting").hidden = work;
    button.hidden = work;
  };

  const working = new Worker(worker);
  working.addEventListener("message", (event) => send(event.data));
  // Whatever keeps it from working: the page then says what it says without scripts.
  working.addEventListener("error", () => by(false));
  by(true);
  working.postMessage({ challenge, zeroBits: Number(zeroBits) });
  // A slow phone need not finish: who waited long enough is let in without the number.
  setTimeout(() => send(""), (Number(seconds) + 1) * 1000);
})();
