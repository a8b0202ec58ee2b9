// Between the bank's page and the payment page: passes the outcome on.

window.addEventListener("message", (event) => {
  if (event.origin === window.location.origin && event.source === window.frames["stripe-challenge-frame"]) {
    window.parent.postMessage(event.data, window.location.origin);
  }
});
