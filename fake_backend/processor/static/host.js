// Keeps the frame with the payment form as high as what is in it.

const frame = document.querySelector(".PaymentFrame");

function fit() {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const resize = () => {
    frame.style.height = `${body.scrollHeight}px`;
  };
  new ResizeObserver(resize).observe(body);
  resize();
}

frame.addEventListener("load", fit);
if (frame.contentDocument?.readyState === "complete") fit();
