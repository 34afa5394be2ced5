// A map on which a place is chosen. The point goes into the boxes for latitude and longitude, which are what is sent: without this file they are all there is.
import "asset:leaflet.js";

const { L } = window;

// What our forms take for a place.
const bounds = L.latLngBounds([49, -9], [61, 2]);

// Leaflet gives a tile that it drops an empty picture from a data: address, which the content security policy refuses; without any address it is as empty.
const Tiles = L.TileLayer.extend({
  _removeTile(key) {
    this._tiles[key]?.el.removeAttribute("src");
    return L.GridLayer.prototype._removeTile.call(this, key);
  },
  _abortLoading() {
    for (const [key, { coords, el }] of Object.entries(this._tiles)) {
      if (coords.z === this._tileZoom) continue;
      el.onload = el.onerror = () => {};
      if (el.complete) continue;
      el.removeAttribute("src");
      el.remove();
      delete this._tiles[key];
      this.fire("tileabort", { tile: el, coords });
    }
  },
});

const styled = Promise.all(["asset:leaflet.css", "asset:forms-map.css"].map((href) => new Promise((resolve, reject) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href, onload: resolve, onerror: reject });
  document.head.append(link);
})));

const plain = (text) => {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
};

const degrees = (number) => String(Number(number.toFixed(6)));

function draw(place) {
  const { tiles, tilesFor, tilesAttribution, tilesCentre, tilesNearest, tilesChosen, tilesNone, tilesNearer, tilesFarther } = place.dataset;
  const latitude = document.getElementById(`${tilesFor}.latitude`);
  const longitude = document.getElementById(`${tilesFor}.longitude`);
  const canvas = place.querySelector(".app-map__canvas");
  const status = place.querySelector("[role=status]");
  const remove = place.querySelector("button");
  const [north, east, zoom] = tilesCentre.split(",").map(Number);

  const typed = () => {
    if (!latitude.value.trim() || !longitude.value.trim()) return null;
    const [y, x] = [Number(latitude.value), Number(longitude.value)];
    return Number.isFinite(y) && Number.isFinite(x) && bounds.contains([y, x]) ? L.latLng(y, x) : null;
  };

  place.hidden = false;
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const first = typed();
  const map = L.map(canvas, {
    center: first ?? [north, east],
    zoom: first ? Math.max(zoom, 15) : zoom,
    minZoom: 6,
    maxZoom: Number(tilesNearest),
    maxBounds: bounds,
    maxBoundsViscosity: 1,
    // Whoever scrolls down the page would be held on the map.
    scrollWheelZoom: false,
    zoomControl: false,
    inertia: moves,
    zoomAnimation: moves,
    fadeAnimation: moves,
    markerZoomAnimation: moves,
  });
  // Leaflet has a setting for every movement but this one.
  map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: moves });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: tilesNearer, zoomOutTitle: tilesFarther }).addTo(map);
  new Tiles(tiles, { attribution: plain(tilesAttribution), maxZoom: Number(tilesNearest) }).addTo(map);
  const marker = L.marker(map.getCenter(), { draggable: true, keyboard: false, icon: L.divIcon({ className: "app-map__pin", iconSize: [24, 24], iconAnchor: [12, 24] }) });

  /** Puts the marker where the boxes say. */
  const show = () => {
    const point = typed();
    remove.hidden = !point;
    if (point) marker.setLatLng(point).addTo(map);
    else marker.remove();
    return point;
  };
  const say = (point) => {
    status.textContent = point ? tilesChosen.replace("{0}", degrees(point.lat)).replace("{1}", degrees(point.lng)) : tilesNone;
  };
  const choose = ({ lat, lng }) => {
    latitude.value = degrees(lat);
    longitude.value = degrees(lng);
    say(show());
  };

  map.on("click", (event) => choose(event.latlng));
  marker.on("dragend", () => choose(marker.getLatLng()));
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== canvas) return;
    event.preventDefault();
    choose(map.getCenter());
  });
  remove.addEventListener("click", () => {
    latitude.value = longitude.value = "";
    say(show());
    canvas.focus();
  });

  // "change" also comes when the boxes were filled from where the person is.
  for (const event of ["input", "change"]) {
    latitude.closest("[data-place]").addEventListener(event, () => {
      const point = show();
      if (point && !map.getBounds().pad(-0.1).contains(point)) map.setView(point, map.getZoom(), { animate: moves });
      // Half a point that is being typed is nothing to speak of.
      if (event === "change" && (point || status.textContent)) say(point);
    });
  }

  // A question that another one reveals has no width until then.
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(canvas);
  if (show()) say(first);
}

await styled;
for (const place of document.querySelectorAll("[data-tiles]")) draw(place);
