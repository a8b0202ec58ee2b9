// What the summary of the order offers besides: a code to type in, and amounts in the buyer's own currency.

const button = document.querySelector("[data-testid=promotion-code-button]");

button?.addEventListener("click", () => {
  const row = button.parentElement;
  button.replaceWith(row.querySelector("template").content);
  row.querySelector("input").focus();
  row.querySelector("button").addEventListener("click", () => {
    row.querySelector("[role=alert]").textContent = "This code is invalid.";
  });
});

for (const choice of document.querySelectorAll("[name=presentment-currency]")) {
  choice.addEventListener("change", () => {
    for (const amount of document.querySelectorAll(".CurrencyAmount")) {
      amount.textContent = amount.dataset[choice.value];
    }
  });
}
