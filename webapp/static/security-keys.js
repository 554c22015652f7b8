// Security keys and passkeys for the back office. Without this script, or without keys, its parts of the page stay hidden.
"use strict";
(() => {
  const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  const post = async (address, body, token) => {
    const isForm = body instanceof FormData;
    const headers = { "X-CSRFToken": token };
    if (!isForm) headers["Content-Type"] = "application/json";
    const answer = await fetch(address, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
    const told = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(told.error || "");
    return told;
  };
  const run = async (part, work) => {
    const status = part.querySelector("[role=status]");
    status.textContent = "";
    try {
      location.assign((await work()).location);
    } catch (error) {
      // What the browser says of a key that was not touched in time is in its own words; ours say what to do.
      status.textContent = error.name === "Error" && error.message ? error.message : part.dataset.failed;
    }
  };
  for (const part of document.querySelectorAll("[data-keys]")) {
    if (!able) continue;
    part.hidden = false;
    const form = part.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const token = form.elements.csrf_token.value;
      run(part, async () => {
        const options = await post(form.action, new FormData(form), token);
        if (part.dataset.keys === "add") {
          const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
          const made = await navigator.credentials.create({ publicKey });
          return post(part.dataset.finish, { credential: made.toJSON(), name: form.elements.key_name.value }, token);
        }
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
        const found = await navigator.credentials.get({ publicKey });
        return post(part.dataset.finish, { credential: found.toJSON(), next: form.elements.next.value }, token);
      });
    });
  }
})();
