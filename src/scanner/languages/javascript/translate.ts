import type { Argument, Class, Entry, Expr, Located } from '../../outline';
import { type OutlineBuilder, nothing, spanOf, text, unknown } from '../../outlineBuilder';
import type { SyntaxNode } from '../../syntax';
import { children, field } from '../../walk';
import { jsString, unescape } from './literals';

/** Translates a top-level part of a JavaScript or TypeScript file, with or without JSX. */
export function translateJavaScript(node: SyntaxNode, builder: OutlineBuilder): void {
  new JavaScriptTranslator(builder).read(node);
}

class JavaScriptTranslator {
  readonly #to: OutlineBuilder;

  constructor(builder: OutlineBuilder) {
    this.#to = builder;
  }

  read(node: SyntaxNode): void {
    this.#visit(node);
  }

  #visitAll(node: SyntaxNode | undefined): Expr {
    for (const child of children(node)) this.#visit(child);
    return unknown;
  }

  #visit(node: SyntaxNode | undefined): Expr {
    if (!node) return unknown;
    return this.#to.deeper(() => this.#translate(node));
  }

  #translate(node: SyntaxNode): Expr {
    switch (node.type) {
      case 'null':
      case 'undefined':
        return nothing;
      case 'identifier':
      case 'type_identifier':
      case 'shorthand_property_identifier':
        return this.#to.name(node.text);
      case 'string':
        return text(jsString(node.text));
      case 'template_string':
        return this.#template(node);
      case 'binary_expression':
        return this.#binary(node);
      case 'ternary_expression':
        this.#visit(field(node, 'condition'));
        return {
          k: 'either',
          items: [this.#visit(field(node, 'consequence')), this.#visit(field(node, 'alternative'))],
        };
      case 'parenthesized_expression':
      case 'non_null_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'await_expression':
      case 'export_specifier':
        return this.#visit(children(node)[0]);
      case 'type_assertion':
        return this.#visit(children(node).at(-1));
      case 'sequence_expression':
        return children(node)
          .map((child) => this.#visit(child))
          .reduce((_, last) => last, unknown);
      case 'this':
        return this.#to.cls === undefined ? unknown : { k: 'self', cls: this.#to.cls };
      case 'member_expression':
      case 'nested_identifier':
      case 'nested_type_identifier':
        return this.#member(node);
      case 'subscript_expression':
        return this.#subscript(node);
      case 'call_expression':
        return this.#call(node);
      case 'new_expression':
        return this.#to.call(
          this.#visit(field(node, 'constructor')),
          this.#args(field(node, 'arguments')),
          node,
          true,
        );
      case 'array':
        return { k: 'list', items: children(node).map((item) => this.#located(item)) };
      case 'object':
        return this.#object(node);
      case 'arrow_function':
      case 'function_expression':
      case 'generator_function':
        return { k: 'function', fn: this.#function(node, field(node, 'name')?.text ?? '') };
      case 'function_declaration':
      case 'generator_function_declaration':
        return this.#functionDeclaration(node);
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'class':
        return this.#class(node);
      case 'enum_declaration':
        return this.#enum(node);
      case 'lexical_declaration':
      case 'variable_declaration':
        return this.#variables(node);
      case 'assignment_expression':
        return this.#assignment(node);
      case 'augmented_assignment_expression':
        return this.#augmented(node);
      case 'for_in_statement':
        return this.#loop(node);
      case 'statement_block':
      case 'for_statement':
      case 'switch_body':
        this.#to.block(() => this.#visitAll(node));
        return unknown;
      case 'return_statement':
        this.#to.returns(this.#visit(children(node)[0]));
        return unknown;
      case 'import_statement':
        return this.#import(node);
      case 'export_statement':
        return this.#export(node);
      case 'comment':
      case 'type_annotation':
      case 'interface_declaration':
      case 'type_alias_declaration':
        return unknown;
      default:
        return this.#visitAll(node);
    }
  }

  #template(node: SyntaxNode): Expr {
    const items: Expr[] = [];
    for (const child of children(node)) {
      if (child.type === 'string_fragment') items.push(text(child.text));
      else if (child.type === 'escape_sequence') items.push(text(unescape(child.text)));
      else if (child.type === 'template_substitution') items.push(this.#visit(children(child)[0]));
    }
    return { k: 'concat', items };
  }

  #binary(node: SyntaxNode): Expr {
    const operator = field(node, 'operator')?.text;
    const items = [this.#visit(field(node, 'left')), this.#visit(field(node, 'right'))];
    if (operator === '+') return { k: 'concat', items };
    return operator === '||' || operator === '??' ? { k: 'either', items } : unknown;
  }

  #member(node: SyntaxNode): Expr {
    const of = field(node, 'object') ?? field(node, 'module') ?? children(node)[0];
    const name = field(node, 'property') ?? field(node, 'name') ?? children(node).at(-1);
    return { k: 'member', of: this.#visit(of), name: name?.text ?? '' };
  }

  #subscript(node: SyntaxNode): Expr {
    const of = this.#visit(field(node, 'object'));
    const at = this.#visit(field(node, 'index'));
    return at.k === 'text' ? { k: 'member', of, name: at.text } : { k: 'index', of, at };
  }

  #call(node: SyntaxNode): Expr {
    const callee = this.#visit(field(node, 'function'));
    const list = field(node, 'arguments');
    // A tagged template: the tag receives the text.
    const args = list?.type === 'template_string' ? [this.#located(list)] : this.#args(list);
    if (field(node, 'function')?.type === 'import') return unknown;
    return this.#to.call(callee, args, node);
  }

  #args(list: SyntaxNode | undefined): Argument[] {
    return children(list).map((arg) => this.#located(arg));
  }

  #located(node: SyntaxNode): Located {
    // What a spread brings can't be told apart from the arguments after it.
    return {
      value: node.type === 'spread_element' ? this.#visitAll(node) : this.#visit(node),
      at: spanOf(node),
    };
  }

  #object(node: SyntaxNode): Expr {
    const entries: Entry[] = [];
    for (const child of children(node)) {
      if (child.type === 'shorthand_property_identifier') {
        entries.push(this.#to.entry(child.text, child, this.#visit(child), child));
      } else if (child.type === 'pair') {
        const keyNode = field(child, 'key') ?? child;
        const valueNode = field(child, 'value') ?? child;
        const key = this.#key(keyNode);
        entries.push(
          this.#to.entry(key, keyNode, this.#named(valueNode, typeof key === 'string' ? key : ''), valueNode),
        );
      } else if (child.type === 'method_definition') {
        const keyNode = field(child, 'name') ?? child;
        const fn = this.#function(child, keyNode.text);
        entries.push(this.#to.entry(this.#key(keyNode), keyNode, { k: 'function', fn }, child));
      } else this.#visitAll(child);
    }
    const rid = entries.find((entry) => entry.key === 'rid');
    if (rid) this.#to.mention('rid', rid);
    return { k: 'record', entries };
  }

  #key(node: SyntaxNode): string | Expr {
    if (node.type === 'string') return jsString(node.text);
    if (node.type !== 'computed_property_name') return node.text;
    const key = this.#visit(children(node)[0]);
    return key.k === 'text' ? key.text : key;
  }

  /** A function or class without a name bears that of what it is given to. */
  #named(node: SyntaxNode | undefined, name: string): Expr {
    if (node?.type === 'arrow_function' || node?.type === 'function_expression') {
      return { k: 'function', fn: this.#function(node, name) };
    }
    return this.#visit(node);
  }

  #functionDeclaration(node: SyntaxNode): Expr {
    const name = field(node, 'name')?.text ?? '';
    const value: Expr = { k: 'function', fn: this.#function(node, name) };
    if (name !== '') this.#to.declare(name, value);
    return value;
  }

  #function(node: SyntaxNode, name: string, cls?: number): number {
    return this.#to.func(
      name,
      (fn) => {
        const single = field(node, 'parameter');
        for (const param of single ? [single] : children(field(node, 'parameters'))) this.#param(param);
        const result = field(node, 'return_type');
        if (result) fn.result = this.#type(result);
        const body = field(node, 'body');
        if (body && body.type !== 'statement_block') this.#to.returns(this.#visit(body));
        else this.#visitAll(body);
      },
      cls,
    );
  }

  #param(node: SyntaxNode): void {
    const pattern = field(node, 'pattern') ?? field(node, 'left') ?? node;
    const type = this.#type(field(node, 'type'));
    const fallbackNode =
      field(node, 'value') ?? (node.type === 'assignment_pattern' ? field(node, 'right') : undefined);
    const fallback = fallbackNode && this.#visit(fallbackNode);
    const isPlain = pattern.type === 'identifier';
    const name = isPlain ? pattern.text : `(${children(node).length})`;
    this.#to.param({ name, ...(type.k !== 'unknown' && { type }), ...(fallback && { fallback }) });
    if (!isPlain) this.#destructure(pattern, this.#to.name(name));
    // `constructor(private name: string)` is a field too.
    const isField =
      children(node).some(({ type }) => type === 'accessibility_modifier') || /^readonly\b/.test(node.text);
    if (isField && isPlain && this.#to.cls !== undefined) {
      this.#to.write({ k: 'self', cls: this.#to.cls }, name, this.#to.name(name));
    }
  }

  /** The type in an annotation; unknown for all but a plain name. */
  #type(annotation: SyntaxNode | undefined): Expr {
    const type = annotation && children(annotation)[0];
    return type ? this.#typeName(type) : unknown;
  }

  #typeName(type: SyntaxNode): Expr {
    if (type.type === 'type_identifier' || type.type === 'nested_type_identifier') return this.#visit(type);
    // `Promise<T>` is awaited before it is used; other generics are what they are called.
    if (type.type === 'generic_type') {
      const name = field(type, 'name');
      const inner = children(field(type, 'type_arguments'))[0];
      return name?.text === 'Promise' && inner
        ? this.#typeName(inner)
        : name
          ? this.#typeName(name)
          : unknown;
    }
    if (type.type === 'union_type') {
      // `T | undefined`, `T | null`
      const named = children(type).map((child) => this.#typeName(child));
      return named.find(({ k }) => k !== 'unknown') ?? unknown;
    }
    return unknown;
  }

  /** Declares the names of a pattern on the left of a declaration. */
  #destructure(pattern: SyntaxNode, of: Expr): void {
    switch (pattern.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
        this.#to.declare(pattern.text, of);
        break;
      case 'array_pattern':
        for (const [index, child] of children(pattern).entries()) {
          this.#destructure(child, { k: 'index', of, at: text(String(index)) });
        }
        break;
      case 'object_pattern':
        for (const child of children(pattern)) {
          if (child.type === 'shorthand_property_identifier_pattern') {
            this.#to.declare(child.text, { k: 'member', of, name: child.text });
          } else if (child.type === 'pair_pattern') {
            const name = field(child, 'key')?.text ?? '';
            this.#destructure(field(child, 'value') ?? child, { k: 'member', of, name });
          } else if (child.type === 'object_assignment_pattern') {
            const name = field(child, 'left')?.text ?? '';
            const fallback = this.#visit(field(child, 'right'));
            this.#to.declare(name, { k: 'either', items: [{ k: 'member', of, name }, fallback] });
          }
        }
        break;
      case 'assignment_pattern':
        this.#destructure(field(pattern, 'left') ?? pattern, {
          k: 'either',
          items: [of, this.#visit(field(pattern, 'right'))],
        });
        break;
      default:
        break;
    }
  }

  #variables(node: SyntaxNode): Expr {
    for (const declarator of children(node)) {
      if (declarator.type !== 'variable_declarator') continue;
      const name = field(declarator, 'name');
      const value = field(declarator, 'value');
      if (!name) continue;
      if (name.type !== 'identifier') {
        this.#destructure(name, this.#visit(value));
        continue;
      }
      const type = this.#type(field(declarator, 'type'));
      const given = value && this.#named(value, name.text);
      this.#to.declare(name.text, given, type.k === 'unknown' ? undefined : type);
    }
    return unknown;
  }

  #assignment(node: SyntaxNode): Expr {
    const left = field(node, 'left');
    const name = left && (field(left, 'property')?.text ?? left.text);
    const value = this.#named(field(node, 'right'), name ?? '');
    if (left?.type === 'identifier') this.#to.assign(left.text, value);
    else if (left?.type === 'member_expression') this.#write(left, value);
    else if (left) this.#visitAll(left);
    return value;
  }

  #write(left: SyntaxNode, value: Expr): void {
    const name = field(left, 'property')?.text ?? '';
    const object = field(left, 'object');
    if (object?.text === 'module' && name === 'exports') this.#to.outline.exports['='] = value;
    else if (object?.text === 'exports' || object?.text === 'module.exports')
      this.#to.outline.exports[name] = value;
    else this.#to.write(this.#visit(object), name, value);
  }

  #augmented(node: SyntaxNode): Expr {
    const left = field(node, 'left');
    this.#visit(field(node, 'right'));
    if (left?.type === 'identifier') this.#to.assign(left.text, unknown);
    else if (left?.type === 'member_expression') this.#write(left, unknown);
    return unknown;
  }

  #loop(node: SyntaxNode): Expr {
    this.#to.block(() => {
      const of = this.#visit(field(node, 'right'));
      const left = field(node, 'left');
      const key = field(node, 'operator')?.text === 'in';
      if (left) this.#destructure(left, { k: 'each', of, ...(key && { key }) });
      this.#visit(field(node, 'body'));
    });
    return unknown;
  }

  #class(node: SyntaxNode): Expr {
    const name = field(node, 'name')?.text ?? '';
    let value: Expr = unknown;
    this.#to.class(name, (cls, index) => {
      value = { k: 'class', cls: index };
      if (name !== '') this.#to.declare(name, value);
      const heritage = children(node).find(({ type }) => type === 'class_heritage');
      const base = children(heritage)[0];
      if (base) cls.bases.push(this.#visit(base.type === 'extends_clause' ? field(base, 'value') : base));
      for (const member of children(field(node, 'body'))) this.#classMember(member, cls, index);
    });
    return value;
  }

  #classMember(member: SyntaxNode, cls: Class, index: number): void {
    const name = (field(member, 'name') ?? field(member, 'property'))?.text ?? '';
    if (member.type === 'method_definition') {
      const isGetter = member.children.some((child) => child?.type === 'get');
      const fn = this.#function(member, name, index);
      if (isGetter) cls.fields[name] = { values: [...(this.#to.outline.functions[fn]?.returns ?? [])] };
      else cls.methods[name === 'constructor' ? 'new' : name] = fn;
    } else if (member.type === 'public_field_definition' || member.type === 'field_definition') {
      const valueNode = field(member, 'value');
      const value = valueNode && this.#named(valueNode, name);
      if (value?.k === 'function') cls.methods[name] = value.fn;
      const type = this.#type(field(member, 'type'));
      cls.fields[name] = { values: value ? [value] : [], ...(type.k !== 'unknown' && { type }) };
    } else this.#visit(member);
  }

  #enum(node: SyntaxNode): Expr {
    const entries: Entry[] = [];
    for (const member of children(field(node, 'body'))) {
      const value = field(member, 'value');
      const name = field(member, 'name');
      if (value && name) entries.push(this.#to.entry(this.#key(name), name, this.#visit(value), value));
    }
    this.#to.declare(field(node, 'name')?.text ?? '', { k: 'record', entries });
    return unknown;
  }

  #import(node: SyntaxNode): Expr {
    const from = jsString(field(node, 'source')?.text ?? '""');
    for (const clause of children(children(node).find(({ type }) => type === 'import_clause'))) {
      if (clause.type === 'identifier') this.#to.import(clause.text, from, 'default');
      else if (clause.type === 'namespace_import') this.#to.import(children(clause)[0]?.text ?? '', from);
      else {
        for (const specifier of children(clause)) {
          const name = field(specifier, 'name')?.text ?? '';
          this.#to.import(field(specifier, 'alias')?.text ?? name, from, name);
        }
      }
    }
    return unknown;
  }

  #export(node: SyntaxNode): Expr {
    const { exports, scopes } = this.#to.outline;
    const source = field(node, 'source');
    const value = field(node, 'value');
    const declaration = field(node, 'declaration');
    const isDefault = node.children.some((child) => child?.type === 'default');
    if (value) exports.default = this.#visit(value);
    else if (declaration) {
      const before = new Set(Object.keys(scopes[0]?.names ?? {}));
      const declared = this.#visit(declaration);
      if (isDefault) exports.default = declared;
      else {
        for (const name of Object.keys(scopes[0]?.names ?? {})) {
          if (!before.has(name)) exports[name] = { k: 'name', name, scope: 0 };
        }
      }
    } else this.#exportClause(node, source && jsString(source.text));
    return unknown;
  }

  /** `export { a, b as c }`, `export { a } from './x'`, `export * from './x'` */
  #exportClause(node: SyntaxNode, from: string | undefined): void {
    const { exports } = this.#to.outline;
    const clause = children(node).find(({ type }) => type === 'export_clause');
    for (const specifier of children(clause)) {
      const name = field(specifier, 'name')?.text ?? '';
      const alias = field(specifier, 'alias')?.text ?? name;
      if (from !== undefined) this.#to.import(`(export ${alias})`, from, name);
      exports[alias] = { k: 'name', name: from === undefined ? name : `(export ${alias})`, scope: 0 };
    }
    if (!clause && from !== undefined) {
      const key = `* ${from}`;
      this.#to.import(key, from);
      exports[key] = { k: 'name', name: key, scope: 0 };
    }
  }
}
