// Looks at a rendered page and returns what is wrong with it. Evaluated by audit.py as one expression.
(() => {
  const shown = (el) => {
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const style = getComputedStyle(el);
    return !(style.position === 'absolute' && (style.clipPath !== 'none' || style.clip !== 'auto'));
  };
  const named = (el) => {
    const id = el.id ? '#' + el.id : '';
    const kind = [...el.classList].map((c) => '.' + c).join('');
    const text = (el.getAttribute('aria-label') || el.textContent || el.name || '').trim().replace(/\s+/g, ' ').slice(0, 30);
    return `<${el.localName}${id}${kind}> “${text}”`;
  };
  // A region that scrolls by itself may be wider inside; the page itself is not such a region.
  const contained = (el) => {
    for (let up = el.parentElement; up && up !== document.body && up !== document.documentElement; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (/auto|scroll|hidden|clip/.test(style.overflowX)) return up.getBoundingClientRect().right <= innerWidth + 1;
    }
    return false;
  };
  const overflow = () => {
    const wide = document.documentElement.clientWidth;
    const found = [];
    for (const el of document.body.querySelectorAll('*')) {
      const box = el.getBoundingClientRect();
      if (box.right <= wide + 1 || el.ownerSVGElement || !shown(el) || contained(el) || getComputedStyle(el).position === 'fixed') continue;
      if (!(el instanceof SVGElement) && [...el.children].some((child) => child.getBoundingClientRect().right > wide + 1)) continue;
      found.push(`${named(el)} ends at ${Math.round(box.right)} of ${wide}`);
    }
    const page = document.scrollingElement.scrollWidth;
    if (page > wide + 1 && !found.length) found.push(`the page is ${page} wide in a window of ${wide}`);
    return found.slice(0, 5);
  };
  // WCAG 2.5.5 leaves out links inside a sentence.
  const inSentence = (el) => {
    if (el.localName !== 'a' || !getComputedStyle(el).display.startsWith('inline')) return false;
    let block = el.parentElement;
    while (block && getComputedStyle(block).display.startsWith('inline') && block.parentElement) block = block.parentElement;
    if (/flex|grid/.test(getComputedStyle(block).display)) return false;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (/[\p{L}\p{N}]/u.test(node.data) && !node.parentElement.closest('a, button')) return true;
    }
    return false;
  };
  const area = (el) => {
    let { left, top, right, bottom } = el.getBoundingClientRect();
    const add = (box) => {
      if (!box.width || !box.height) return;
      left = Math.min(left, box.left); top = Math.min(top, box.top);
      right = Math.max(right, box.right); bottom = Math.max(bottom, box.bottom);
    };
    for (const label of el.labels || []) if (/checkbox|radio|file/.test(el.type)) add(label.getBoundingClientRect());
    for (const side of ['::before', '::after']) {
      const style = getComputedStyle(el, side);
      if (style.content === 'none' || style.position !== 'absolute') continue;
      const host = getComputedStyle(el).position === 'static' ? el.offsetParent : el;
      const box = host && host.getBoundingClientRect();
      if (!box) continue;
      const inset = ['top', 'right', 'bottom', 'left'].map((edge) => parseFloat(style[edge]) || 0);
      add(new DOMRect(box.left + inset[3], box.top + inset[0], box.width - inset[1] - inset[3], box.height - inset[0] - inset[2]));
    }
    return [right - left, bottom - top];
  };
  const targets = (least) => {
    const found = [];
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"][role]';
    for (const el of document.querySelectorAll(all)) {
      const labelled = [...(el.labels || [])].some(shown);
      if ((!shown(el) && !labelled) || el.disabled || inSentence(el)) continue;
      const [width, height] = area(el);
      if (width < least - 0.5 || height < least - 0.5) found.push(`${named(el)} is ${width.toFixed(0)} × ${height.toFixed(0)}`);
    }
    return found.slice(0, 8);
  };
  // Without scripts a control outside a form does nothing, unless HTML itself gives it something to do.
  const dead = () =>
    [...document.querySelectorAll('button, input[type=submit]')]
      .filter((el) => shown(el) && !el.form && !el.hasAttribute('popovertarget') && !el.hasAttribute('commandfor') && !el.disabled)
      .map(named);
  return { overflow, targets, dead };
})()
