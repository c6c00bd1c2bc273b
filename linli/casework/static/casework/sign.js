/* Sign with a finger: draws into a canvas and gives the picture to the file field of the form.
   Without this script a photo of the signature, or the name typed beside a photo, does the same. */
(() => {
  const { hint, clear } = document.currentScript.dataset;
  const field = document.querySelector('input[data-sign]');
  if (!field || !window.DataTransfer) return;
  const box = document.createElement('div'), label = document.createElement('p'), canvas = document.createElement('canvas'), again = document.createElement('button');
  label.textContent = canvas.ariaLabel = hint;
  label.className = 'hint';
  again.type = 'button';
  again.className = 'btn plain small';
  again.textContent = clear;
  canvas.setAttribute('role', 'img');
  canvas.className = 'sign';
  [canvas.width, canvas.height] = [600, 240];
  box.append(label, canvas, again);
  box.hidden = true;
  field.after(box);
  const pen = canvas.getContext('2d');
  const empty = () => { pen.fillStyle = '#fff'; pen.fillRect(0, 0, 600, 240); pen.lineWidth = 4; pen.lineCap = 'round'; };
  const at = e => { const r = canvas.getBoundingClientRect(); return [(e.clientX - r.left) * 600 / r.width, (e.clientY - r.top) * 240 / r.height]; };
  let down = false;
  empty();
  canvas.addEventListener('pointerdown', e => { down = true; canvas.setPointerCapture(e.pointerId); pen.beginPath(); pen.moveTo(...at(e)); });
  canvas.addEventListener('pointermove', e => { if (down) { pen.lineTo(...at(e)); pen.stroke(); } });
  canvas.addEventListener('pointerup', () => {
    down = false;
    canvas.toBlob(blob => { const files = new DataTransfer(); files.items.add(new File([blob], 'signature.png', { type: 'image/png' })); field.files = files.files; });
  });
  again.addEventListener('click', () => { empty(); field.value = ''; });
  const show = () => { box.hidden = field.form.querySelector('[name=moment]:checked')?.value !== 'signature'; };
  field.form.addEventListener('change', show);
  show();
})();
