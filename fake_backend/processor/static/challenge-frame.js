// The bank's page: sends the answer, once. While the page slides in, presses are dropped, as on the real one.

const SLIDING_MS = 250;

const page = document.querySelector("[data-answer]");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const readyAt = performance.now() + (still ? 0 : SLIDING_MS);

let answered = false;

async function send(outcome) {
  answered = true;
  const response = await fetch(page.dataset.answer, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ outcome }),
  });
  return response.ok ? response.json() : { state: "open" };
}

for (const button of page.querySelectorAll("[data-outcome]")) {
  button.addEventListener("click", async () => {
    if (performance.now() < readyAt) return;
    for (const other of page.querySelectorAll("[data-outcome]")) other.disabled = true;
    const told = await send(button.dataset.outcome);
    window.parent.postMessage(told, window.location.origin);
  });
}

window.addEventListener("pagehide", () => {
  if (page.dataset.left && !answered) send(page.dataset.left);
});
