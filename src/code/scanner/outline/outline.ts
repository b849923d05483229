/** A place in a file: offset and length in UTF-16 code units, line and column from 1. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** What sets a text outside of the code: a variable of the environment, or a key of the configuration. */
export type SetBy = { readonly env: string } | { readonly config: string };

/**
 * An expression of any language, reduced to what matters for following a name. Everything that a language's own
 * syntax adds is translated into these by its `translate` function; the evaluator knows no language.
 */
export type Expr =
  | { readonly kind: 'text'; readonly text: string }
  /** A single value of which nothing is known, but perhaps what sets it: a number, a call result, whatever. */
  | { readonly kind: 'unknown'; readonly by?: SetBy }
  /** The language's null, nil, None: a variable that holds it waits for its value. */
  | { readonly kind: 'nothing' }
  /**
   * A variable, constant, parameter, import, function or class, looked up from a scope; where there is none, and `cls` is
   * set, a member of the object of that class.
   */
  | { readonly kind: 'name'; readonly name: string; readonly scope: number; readonly cls?: number }
  /**
   * `bare` where the object is not written: without such a member, it is any name. `place` is where a tuple has the part
   * that the code calls so.
   */
  | {
      readonly kind: 'member';
      readonly of: Expr;
      readonly name: string;
      readonly bare?: boolean;
      readonly place?: number;
    }
  | { readonly kind: 'index'; readonly of: Expr; readonly at: Expr }
  | { readonly kind: 'concat'; readonly items: readonly Expr[] }
  /**
   * One of several: a conditional, a default operator. With `when`, the first where that is true, and else the second, or
   * nothing.
   */
  | { readonly kind: 'either'; readonly items: readonly Expr[]; readonly when?: Expr }
  /** A condition: whether two are the same, or whether another one is not true. */
  | { readonly kind: 'test'; readonly what: 'same' | 'not'; readonly items: readonly Expr[] }
  | { readonly kind: 'list'; readonly items: readonly Located[] }
  /** An object, map or struct literal; `type` names its class where the syntax does. */
  | { readonly kind: 'record'; readonly entries: readonly Entry[]; readonly type?: Expr }
  | { readonly kind: 'function'; readonly fn: number }
  | { readonly kind: 'class'; readonly cls: number }
  /** The result of a call of the same outline. */
  | { readonly kind: 'call'; readonly call: number }
  /** The object that a method of the class works on. */
  | { readonly kind: 'self'; readonly cls: number }
  /** What a loop takes from a list or record: an item or value, or a record's key: always (`key`), or instead of its value. */
  | {
      readonly kind: 'each';
      readonly of: Expr;
      readonly key?: boolean;
      readonly isKeyed?: boolean;
      /** Which part of it, where it is taken apart: of a record its key or its value. */
      readonly part?: number;
    }
  /**
   * Some value of a declared type; `isSelf` where it is what a method works on that stands outside of its type, `isAny`
   * where it can be of any derived one.
   */
  | { readonly kind: 'typed'; readonly type: Expr; readonly isSelf?: true; readonly isAny?: true };

/** An expression with its place. */
export interface Located {
  readonly value: Expr;
  readonly at: Span;
  /** Whether it is a list whose items stand here. */
  readonly isSpread?: true;
}

/** One field of a record; a key that is computed is an expression. */
export interface Entry extends Located {
  readonly key: string | Expr;
  readonly keyAt: Span;
}

/** What a name stands for in its scope. */
export type Binding =
  /** Everything ever assigned to it, the initial value included; `type` where it is declared. */
  | { readonly kind: 'values'; readonly values: Expr[]; type?: Expr }
  | { readonly kind: 'param'; readonly fn: number; readonly index: number }
  /** A module, or (`member`) one of its exports. */
  | { readonly kind: 'import'; readonly from: string; readonly member?: string };

/** A region in which names are declared. Scope 0 is the file's own. */
export interface Scope {
  readonly parent: number;
  readonly fn: number;
  readonly names: Record<string, Binding>;
}

/** A parameter of a function. */
export interface Param {
  readonly name: string;
  readonly type?: Expr;
  readonly fallback?: Expr;
  /** Whether it holds what the function is called on, as if it were a method of that; it can be called without, too. */
  readonly isReceiver?: true;
  /** Whether it holds all further arguments, as a list. */
  readonly isRest?: true;
}

/** A function, method or lambda. Function 0 is the file's top-level code. */
export interface Func {
  readonly name: string;
  /** The function that it is written in; -1 for function 0. */
  readonly parent: number;
  /** The class whose method it is. */
  cls?: number;
  readonly params: Param[];
  readonly returns: Expr[];
  /** Whether it has no code: it only says what methods of others do. */
  isAbstract?: boolean;
  /** The declared type of the result. */
  result?: Expr;
}

/** A class, struct or the like, with the fields that are declared in it. */
export interface Class {
  readonly name: string;
  readonly bases: Expr[];
  readonly fields: Record<string, { values: Expr[]; type?: Expr }>;
  /** Names of methods and the functions that they are; the constructor's is `new`. */
  readonly methods: Record<string, number>;
  /** Whether it only says which methods others have: an interface. */
  isAbstract?: boolean;
  /** The fields that are all objects of an enumeration, in their order. */
  cases?: string[];
  /** What fields are called in JSON, where the code says. */
  json?: Record<string, string>;
}

/** A call or construction. */
export interface Call {
  readonly callee: Expr;
  readonly args: readonly Argument[];
  readonly at: Span;
  readonly fn: number;
  readonly isNew?: boolean;
  /** Whether it is a tag before a template, which is the argument. */
  readonly isTag?: boolean;
}

/** An argument; `name` where it is passed by name. */
export interface Argument extends Located {
  readonly name?: string;
}

/** A value written to a member of an object: `object.field = value`. */
export interface FieldWrite {
  readonly of: Expr;
  readonly field: string;
  readonly value: Expr;
  readonly fn: number;
}

/** A value that stands at a place that means something by itself, such as the value of a `rid` key. */
export interface Mention extends Located {
  readonly what: string;
  readonly fn: number;
  /** For a field of a record: the record's type, and the field's name. */
  readonly of?: FieldOf;
}

/** A field, by the type that has it. */
export interface FieldOf {
  readonly type: Expr;
  readonly field: string;
}

/** All that is known of one file's text, as plain data: it can be kept, compared and sent. */
export interface Outline {
  /** The package that the file says it belongs to, where files of a package see each other's names. */
  unit?: string;
  /** The namespace that its types are in, where files see more than that. */
  namespace?: string;
  readonly scopes: Scope[];
  readonly functions: Func[];
  readonly classes: Class[];
  readonly calls: Call[];
  readonly writes: FieldWrite[];
  readonly mentions: Mention[];
  /** What other modules can import, by name; `default`, and `=` for a module that is one value. */
  readonly exports: Record<string, Expr>;
  /** Modules all of whose names can be used in the file as if they were its own. */
  readonly opened: string[];
  /** Whether the text has words of the protocol, such as its error codes. */
  isTelling: boolean;
  /** Whether it has words that nothing but the protocol has. */
  isSpeaking: boolean;
  /** How many places the parser could not understand. */
  errors: number;
}
