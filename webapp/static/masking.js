// On the check page: what is selected in the text can be masked with one press. Without scripts it is typed instead.
(() => {
  "use strict";
  const words = document.getElementById("more_masks");
  const button = document.getElementById("mask-selection");
  const texts = [...document.querySelectorAll("[data-masking]")];
  if (!words || !button || texts.length === 0) return;
  let chosen = [];

  // The words of the selection piece by piece: what is masked already is left out.
  const selected = () => {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    const text = texts.find((one) => one.contains(range.startContainer) && one.contains(range.endContainer));
    if (!text) return [];
    const piece = range.cloneContents();
    piece.querySelectorAll(".passage-number").forEach((number) => number.remove());
    piece.querySelectorAll(".masked").forEach((mask) => mask.replaceWith("\n"));
    return piece.textContent.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  };

  document.addEventListener("selectionchange", () => {
    const now = selected();
    // Pressing the button takes the selection away on some phones: what was chosen last is kept until then.
    if (now.length > 0) chosen = now;
    button.disabled = chosen.length === 0;
    const shown = chosen.join(" … ");
    button.querySelector("span").textContent = shown.length > 20 ? shown.slice(0, 20) + "…" : shown;
  });

  button.addEventListener("click", () => {
    const before = words.value.trim();
    words.value = (before ? before + "\n" : "") + chosen.join("\n");
  });

  button.hidden = false;
  button.disabled = true;
})();
