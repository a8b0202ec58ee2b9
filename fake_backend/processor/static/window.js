// The outermost page of this origin: the payment page, also where it stands in a page of the merchant's.

function outermost() {
  let page = window;
  while (page !== page.parent) {
    try {
      if (page.parent.location.origin !== window.location.origin) break;
    } catch {
      break; // the merchant's
    }
    page = page.parent;
  }
  return page;
}

export const host = outermost();

// The buyer leaves with the whole window; an empty address loads the payment page again.
export function leave(address) {
  if (address) window.top.location.assign(address);
  else host.location.reload();
}
