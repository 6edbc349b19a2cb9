// What Streamlit's page says nothing of: a manifest, an icon for Apple's phones, and the bar's colour.
const HEAD = [
  ["link", { rel: "manifest", href: "/app/static/home/manifest.webmanifest", crossOrigin: "use-credentials" }],
  ["link", { rel: "apple-touch-icon", href: "/app/static/home/apple-touch-icon.png" }],
  ["meta", { name: "theme-color", content: "#FBF7F1", media: "(prefers-color-scheme: light)" }],
  ["meta", { name: "theme-color", content: "#211D1A", media: "(prefers-color-scheme: dark)" }],
  ["meta", { name: "apple-mobile-web-app-title", content: "Leavewell" }],
  ["meta", { name: "mobile-web-app-capable", content: "yes" }],
];

for (const [tag, fields] of HEAD) document.head.append(Object.assign(document.createElement(tag), fields));
