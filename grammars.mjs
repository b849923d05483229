/**
 * The grammars that the scanner uses, all under the MIT licence: by the folder of the package that they come from, each
 * with who holds its copyright. `tree-sitter` is the library that runs them.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
export const grammars = {
  '@vscode/tree-sitter-wasm/wasm': {
    'tree-sitter': '2018 Max Brunsfeld',
    'tree-sitter-c-sharp': '2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors',
    'tree-sitter-go': '2014 Max Brunsfeld',
    'tree-sitter-java': '2017 Ayman Nadeem',
    'tree-sitter-javascript': '2014 Max Brunsfeld',
    'tree-sitter-typescript': '2017 Max Brunsfeld',
    'tree-sitter-tsx': '2017 Max Brunsfeld',
    'tree-sitter-python': '2016 Max Brunsfeld',
    'tree-sitter-rust': '2017 Maxim Sokolov',
    'tree-sitter-php':
      '2017 Josh Vera, GitHub; 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  },
  '@repomix/tree-sitter-wasms/out': {
    'tree-sitter-dart': '2020-2023 UserNobody14 and others',
    'tree-sitter-vue': 'Ika <ikatyang@gmail.com> (https://github.com/ikatyang)',
  },
};
