// Keys for who clears a queue. Each stands on an element as data-key; without scripts everything is a link or a button.
(() => {
  "use strict";
  const panel = document.querySelector("[data-shortcuts]");
  if (!panel) return;
  const button = panel.querySelector("[data-switch]");
  const rows = [...document.querySelectorAll(".queue > li h2 a")];
  const kept = "doorstep-shortcuts";
  let on = localStorage.getItem(kept) !== "off";

  const say = () => {
    button.textContent = on ? button.dataset.off : button.dataset.on;
  };
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(kept, on ? "on" : "off");
    say();
  });

  const move = (step) => {
    const at = rows.indexOf(document.activeElement);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
    if (next) next.focus();
  };

  // A panel opens with its first field in focus; a button is brought into focus, and Enter presses it: no single
  // key decides by itself.
  const use = (element) => {
    if (element.tagName === "DETAILS") {
      element.open = true;
      const field = element.querySelector("input:not([type=hidden]), select, textarea");
      if (field) field.focus();
    } else if (element.tagName === "A") {
      element.click();
    } else if (element.id === "mask-selection") {
      if (!element.disabled) element.click();
      document.getElementById("mask-now").focus();
    } else {
      element.focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      document.activeElement.blur();
      return;
    }
    if (event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    if (rows.length > 0 && (event.key === "j" || event.key === "k")) {
      move(event.key === "j" ? 1 : -1);
      event.preventDefault();
      return;
    }
    const element = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!element) return;
    event.preventDefault();
    use(element);
  });

  // The words that a rejection begins with; what somebody wrote is never written over.
  document.querySelectorAll("input[data-letter]").forEach((radio) => {
    radio.addEventListener("change", () => {
      const words = radio.form.querySelector("textarea[name=words]");
      const ours = [...radio.form.querySelectorAll("[data-letter]")].map((one) => one.dataset.letter);
      if (words.value.trim() === "" || ours.includes(words.value)) words.value = radio.dataset.letter;
    });
  });

  say();
  panel.hidden = false;
})();
