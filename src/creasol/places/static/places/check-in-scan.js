/* Read tickets with the camera, by the browser's own reader or by the one that the site brings. */

const PAUSE = 200; // milliseconds between two looks
const SAME_AGAIN = 4_000; // a ticket held before the camera is read once

async function readerOf(address) {
  if ("BarcodeDetector" in window) {
    const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) return new window.BarcodeDetector({ formats: ["qr_code"] });
  }
  const { BarcodeDetector } = await import(address);
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/* Show the camera in ``video`` and tell ``read`` of each text; return what stops it. Throws without a camera. */
export async function readTickets(video, readerAddress, read) {
  const [reader, stream] = await Promise.all([
    readerOf(readerAddress),
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }),
  ]);
  let running = true;
  let last = { text: "", at: 0 };
  video.srcObject = stream;
  video.hidden = false;
  await video.play();

  async function look() {
    if (!running) return;
    try {
      const [code] = await reader.detect(video);
      const isNew = code && (code.rawValue !== last.text || Date.now() - last.at > SAME_AGAIN);
      if (code) last = { text: code.rawValue, at: Date.now() };
      if (isNew) await read(code.rawValue);
    } catch {
      // a picture that holds nothing readable
    }
    setTimeout(look, PAUSE);
  }

  look();
  return () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    video.hidden = true;
  };
}
