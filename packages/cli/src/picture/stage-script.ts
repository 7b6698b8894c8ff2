/**
 * What the scripts of all pages begin with: a stage whose `viewBox` is changed to pan and zoom, by mouse, touch, keys and
 * buttons. It leaves `byId`, `stage`, `fit`, `show`, `reveal`, `create`, `dragged` (whether the click that follows ends
 * a drag) and `moveStage` (for a key; whether it was one for the stage).
 *
 * It is text, since it runs in a browser and is compared with its hash there; a compiler must not change it.
 */
const stageScript: string = String.raw`
  const byId = (id) => document.getElementById(id);
  const stage = byId("stage");
  const whole = stage.viewBox.baseVal;
  const full = { width: Math.max(whole.width, 1), height: Math.max(whole.height, 1) };
  // The part of the diagram that is in view: its upper left corner, and how many screen pixels one of its pixels takes.
  const view = { x: 0, y: 0, scale: 1 };
  const size = () => ({ width: Math.max(stage.clientWidth, 1), height: Math.max(stage.clientHeight, 1) });
  const show = () => {
    const { width, height } = size();
    stage.setAttribute("viewBox", [view.x, view.y, width / view.scale, height / view.scale].join(" "));
  };
  const fit = (smallest) => {
    const { width, height } = size();
    const margin = 32;
    const scale = Math.min((width - 2 * margin) / full.width, (height - 2 * margin) / full.height, 1.5);
    view.scale = Math.max(scale, smallest);
    const room = width / view.scale;
    view.x = full.width > room ? -margin / view.scale : (full.width - room) / 2;
    if (scale >= smallest) view.x = (full.width - room) / 2;
    view.y = (full.height - height / view.scale) / 2;
    show();
  };
  const zoom = (factor, x = size().width / 2, y = size().height / 2) => {
    const next = Math.min(4, Math.max(0.01, view.scale * factor));
    view.x += x / view.scale - x / next;
    view.y += y / view.scale - y / next;
    view.scale = next;
    show();
  };
  const pan = (x, y) => {
    view.x += x / view.scale;
    view.y += y / view.scale;
    show();
  };
  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    if (view.scale < 0.5) zoom(0.9 / view.scale);
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (inside && box.width > 40) return;
    const moved = element.getBoundingClientRect();
    pan(moved.left + moved.width / 2 - frame.left - frame.width / 2, moved.top + moved.height / 2 - frame.top - frame.height / 2);
  };

  const create = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  let drag;
  let dragged = false;
  stage.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button === 0) drag = { id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  stage.addEventListener("pointermove", (event) => {
    if (drag === undefined || drag.id !== event.pointerId) return;
    const x = drag.x - event.clientX;
    const y = drag.y - event.clientY;
    if (!dragged && Math.hypot(x, y) < 4) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    drag = { ...drag, x: event.clientX, y: event.clientY };
    stage.classList.add("is-panning");
    pan(x, y);
  });
  const drop = () => {
    stage.classList.remove("is-panning");
    drag = undefined;
  };
  stage.addEventListener("pointerup", drop);
  stage.addEventListener("pointercancel", drop);
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = stage.getBoundingClientRect();
    const unit = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  const keys = {
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": () => fit(0),
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  };
  const moveStage = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return false;
    keys[event.key]();
    return true;
  };
  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("zoom-fit").addEventListener("click", () => fit(0));
  addEventListener("resize", show);
`;

/** A script of its own on the stage. Ends by showing it: `fit`. */
export const asPageScript = (script: string): string => `
"use strict";
(() => {${stageScript}${script}})();
`;
