// Paints the console anew, once per frame however often it is asked for.
let painter = () => {};
let asked = false;

export function paintWith(paint) {
  painter = paint;
}

export function repaint() {
  if (asked) {
    return;
  }
  asked = true;
  // A tab in the background has no frames, and still has to be up to date when it is looked at.
  const next = document.hidden ? (work) => setTimeout(work, 0) : requestAnimationFrame;
  next(() => {
    asked = false;
    painter();
  });
}
