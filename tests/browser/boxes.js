// Where the parts of the first panel lie, in pixels of the window.
() => {
  const box = (element) => element.getBoundingClientRect();
  const panel = document.querySelector(".review-panel");
  const chart = panel.querySelector(".review-chart");
  const parts = [...panel.querySelectorAll("*")].filter(
    (part) => part.offsetParent && !part.closest(".review-scroll, svg, legend"),
  );
  const texts = [...chart.querySelectorAll("text")].filter((text) => text.textContent.trim());
  const said = (text) => text.textContent.trim();
  // The boxes of slanted texts overlap where their letters do not.
  const slanted = (text) => /rotate\((?!0)/.test(text.getAttribute("transform"));
  const meet = (one, other) =>
    !slanted(one) && !slanted(other) &&
    box(one).left + 1 < box(other).right && box(other).left + 1 < box(one).right &&
    box(one).top + 1 < box(other).bottom && box(other).top + 1 < box(one).bottom;
  const cell = box(panel.closest(".jp-OutputArea-output"));
  return {
    cell: [cell.left, cell.right],
    beside: innerWidth - cell.right,
    outside: parts
      .filter((part) => box(part).right > cell.right + 1 || box(part).left < cell.left - 1)
      .map((part) => [part.tagName, part.className, part.textContent.slice(0, 40)]),
    scrolled: [...panel.querySelectorAll("*")]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .filter((part) => ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
      .map((part) => [part.tagName, part.className]),
    filters: [box(panel.querySelector(".review-filters")).right, box(panel.querySelector(".review-filters")).bottom],
    shown: [box(panel.querySelector(".review-shown")).left, box(panel.querySelector(".review-shown")).top],
    width: box(chart).width,
    drawn: box(chart.querySelector(".main-svg")).width,
    cut: texts
      .filter((text) => box(text).left < box(chart).left - 1 || box(text).right > box(chart).right + 1)
      .map(said),
    overlapping: texts.flatMap((text, first) =>
      texts
        .slice(first + 1)
        .filter((other) => meet(text, other))
        .map((other) => [said(text), said(other)]),
    ),
  };
}
