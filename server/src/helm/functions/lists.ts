import { FunctionError } from '../template/errors.ts';
import { type CallContext, fn, type TemplateFunction, variadic } from '../template/signature.ts';
import {
  compareStrings,
  type GoValue,
  type Int,
  kindName,
  List,
  Nil,
  type Str,
  tracesOf,
} from '../value/value.ts';
import { toInt64 } from './convert.ts';
import {
  bool,
  deepEqual,
  isEmpty,
  itemsOf,
  joinStrs,
  listOf,
  nilList,
  stringList,
  textOf,
  textsOf,
  toNumber,
} from './support.ts';

/** Each function also exists with `must` before its name; in templates both fail alike. */
function both(name: string, define: (name: string) => TemplateFunction): TemplateFunction[] {
  return [define(name), define(`must${name[0]?.toUpperCase()}${name.slice(1)}`)];
}

/** Sprig's functions for lists. */
export const LIST_FUNCTIONS: readonly TemplateFunction[] = [
  variadic('list', [], 'value', (context, ...values) => listOf(values, context.siteTrace())),
  variadic('tuple', [], 'value', (context, ...values) => listOf(values, context.siteTrace())),
  ...['append', 'push'].flatMap((alias) =>
    both(alias, (name) =>
      fn(name, ['value', 'value'], (_, list, item) =>
        listOf([...itemsOf(list, 'Cannot push on type'), item], list.trace),
      ),
    ),
  ),
  ...both('prepend', (name) =>
    fn(name, ['value', 'value'], (_, list, item) =>
      listOf([item, ...itemsOf(list, 'Cannot prepend on type')], list.trace),
    ),
  ),
  ...both('first', (name) =>
    fn(name, ['value'], (_, list) => itemsOf(list, 'Cannot find first on type')[0] ?? new Nil(list.trace)),
  ),
  ...both('last', (name) =>
    fn(name, ['value'], (_, list) => itemsOf(list, 'Cannot find last on type').at(-1) ?? new Nil(list.trace)),
  ),
  ...both('rest', (name) =>
    fn(name, ['value'], (_, list) => {
      const items = itemsOf(list, 'Cannot find rest on type');
      return items.length === 0 ? nilList(list.trace) : listOf(items.slice(1), list.trace);
    }),
  ),
  ...both('initial', (name) =>
    fn(name, ['value'], (_, list) => {
      const items = itemsOf(list, 'Cannot find initial on type');
      return items.length === 0 ? nilList(list.trace) : listOf(items.slice(0, -1), list.trace);
    }),
  ),
  ...both('reverse', (name) =>
    fn(name, ['value'], (_, list) =>
      listOf([...itemsOf(list, 'Cannot find reverse on type')].reverse(), list.trace),
    ),
  ),
  ...both('compact', (name) =>
    fn(name, ['value'], (_, list) =>
      listOf(
        itemsOf(list, 'Cannot compact on type').filter((item) => !isEmpty(item)),
        list.trace,
      ),
    ),
  ),
  ...both('uniq', (name) => fn(name, ['value'], (context, list) => uniq(context, list))),
  ...both('without', (name) =>
    variadic(name, ['value'], 'value', (context, list, ...omitted) => {
      const items = itemsOf(list, 'Cannot find without on type');
      context.charge(items.length * omitted.length);
      return listOf(
        items.filter((item) => !omitted.some((other) => deepEqual(other, item))),
        list.trace,
      );
    }),
  ),
  ...both('has', (name) =>
    fn(name, ['value', 'value'], (context, needle, haystack) => {
      const trace = tracesOf([haystack, needle]);
      if (haystack.kind === 'nil') return bool(false, trace);
      const items = itemsOf(haystack, 'Cannot find has on type');
      context.charge(items.length);
      return bool(
        items.some((item) => deepEqual(needle, item)),
        trace,
      );
    }),
  ),
  ...both('slice', (name) =>
    variadic(name, ['value'], 'value', (_, list, ...indices) => slice(list, indices)),
  ),
  ...both('chunk', (name) => fn(name, ['int', 'value'], (_, size, list) => chunk(size, list))),
  variadic('concat', [], 'value', (_, ...lists) => {
    const items = lists.flatMap((list) => {
      if (list.kind === 'list') return list.items;
      if (list.kind === 'nil') return itemsOf(list, '');
      throw new FunctionError(`Cannot concat type ${kindName(list)} as list`);
    });
    const trace = tracesOf(lists);
    return items.length === 0 ? nilList(trace) : listOf(items, trace);
  }),
  fn('sortAlpha', ['value'], (_, list) => {
    if (list.kind !== 'list') return stringList([textOf(list)], list.trace);
    const sorted = [...textsOf(list)].sort((a, b) => compareStrings(a.text, b.text));
    return stringList(sorted, list.trace);
  }),
  fn('toStrings', ['value'], (_, list) => stringList(textsOf(list), list.trace)),
  fn('join', ['string', 'value'], (_, separator: Str, list) => {
    const joined = joinStrs(textsOf(list), separator);
    return joined.text === '' ? textOf(list).slice(0, 0) : joined;
  }),
];

function uniq(context: CallContext, list: GoValue): List {
  const seen: GoValue[] = [];
  for (const item of itemsOf(list, 'Cannot find uniq on type')) {
    context.charge(seen.length);
    if (!seen.some((other) => deepEqual(item, other))) seen.push(item);
  }
  return listOf(seen, list.trace);
}

/** `slice list 1 3`; an empty list gives nil. */
function slice(list: GoValue, indices: readonly GoValue[]): GoValue {
  const items = itemsOf(list, 'list should be type of slice or array but');
  if (items.length === 0) return new Nil(list.trace);
  const [first, second] = indices;
  const start = first === undefined ? 0 : Number(toInt64(first));
  const end = second === undefined ? items.length : Number(toInt64(second));
  if (start < 0 || end < start || end > items.length) {
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds');
  }
  const type = list.kind === 'list' ? list.type : '[]interface {}';
  return new List(items.slice(start, end), type, list.trace);
}

function chunk(size: Int, list: GoValue): List {
  const items = itemsOf(list, 'Cannot chunk type');
  const length = toNumber(size);
  const count = Math.floor((items.length - 1) / length) + 1;
  if (length === 0 || count < 0) throw new FunctionError('runtime error: makeslice: len out of range');
  const chunks = Array.from({ length: count }, (_, index) =>
    listOf(items.slice(index * length, (index + 1) * length), list.trace),
  );
  return new List(chunks, '[][]interface {}', list.trace);
}
