// Bundles src/ into the package's static/dist: hashed names, lazily loaded parts, and a manifest for the templates.
import { build, context } from "esbuild";
import { copyFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const outdir = "../src/pilothouse/static/dist";

// What files are set in that the server makes, a font for each script, with their licences; and how charts look there.
const fonts = {
  NotoSansSC: "noto-sans-sc",
  SourceSans3: "source-sans-3",
  NotoEmoji: "noto-emoji",
  NanumGothic: "nanum-gothic",
  NotoSansHebrew: "noto-sans-hebrew",
  NotoSansArabic: "noto-sans-arabic",
  NotoSansThai: "noto-sans-thai",
};
const copies = { "chart-look.json": "src/js/chart/look.json" };
for (const [font, name] of Object.entries(fonts)) {
  copies[`${font}-Regular.ttf`] = `node_modules/@expo-google-fonts/${name}/400Regular/${font}_400Regular.ttf`;
  copies[`${font}-LICENSE.txt`] = `node_modules/@expo-google-fonts/${name}/LICENSE_FONT`;
}

const manifest = {
  name: "manifest",
  setup(build) {
    build.onEnd(({ metafile }) => {
      if (!metafile) return;
      writeManifest(metafile);
      for (const [name, path] of Object.entries(copies)) copyFileSync(path, `${outdir}/${name}`);
      sweep(metafile);
    });
  },
};

function writeManifest({ outputs }) {
  const names = {};
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint) names[basename(entryPoint)] = basename(path);
  }
  writeFileSync(`${outdir}/manifest.json`, JSON.stringify(names, null, 2));
}

// A server that is running still names the files of the build before: they go an hour later.
function sweep({ outputs }) {
  const wanted = new Set(["manifest.json", ".stamp", ...Object.keys(copies), ...Object.keys(outputs).map((path) => basename(path))]);
  for (const name of readdirSync(outdir)) {
    if (!wanted.has(name) && Date.now() - statSync(`${outdir}/${name}`).mtimeMs > 3_600_000) rmSync(`${outdir}/${name}`);
  }
}

const options = {
  entryPoints: ["src/js/app.js", "src/js/answer.js", "src/css/app.css", "src/css/answer.css", "src/css/chart.css", "src/css/analysis.css"],
  outdir,
  bundle: true,
  minify: true,
  splitting: true,
  metafile: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
  plugins: [manifest],
};

if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
