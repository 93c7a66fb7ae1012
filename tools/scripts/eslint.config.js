import js from "@eslint/js";

const WIDGETS = ["downloads", "filters", "listing", "live", "watch"];

export default [
  js.configs.recommended,
  {
    rules: {
      // The type check knows the names of a page, and those of the other scripts.
      "no-undef": "off",
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      eqeqeq: "error",
      "max-lines": ["error", 249],
      "max-lines-per-function": ["error", 40],
    },
  },
  {
    // Scripts to be joined give names to those after them.
    files: ["src/review/*.js"],
    ignores: WIDGETS.map((name) => `src/review/${name}.js`),
    languageOptions: { sourceType: "script" },
    rules: { "no-unused-vars": ["error", { vars: "local" }] },
  },
];
