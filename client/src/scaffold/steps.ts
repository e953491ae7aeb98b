/** Questions one after the other, in the quick input of the editor, with a way back to each. */

import { type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** Back to the question before. */
export const BACK = Symbol('back');
/** What a question comes to; undefined when the person has left. */
export type Answer<T> = T | typeof BACK | undefined;

/** A question, asked of what is known so far. */
export interface Step<State> {
  /** False for a question that earlier answers have made void. */
  applies?(state: State): boolean;
  ask(state: State, place: Place): Promise<Answer<State>>;
}

/** Where among the questions one stands. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks all questions; undefined when the person leaves. */
export async function runSteps<State>(
  title: string,
  steps: readonly Step<State>[],
  start: State,
): Promise<State | undefined> {
  /** What was known before each question that has been asked. */
  const before: { readonly index: number; readonly state: State }[] = [];
  let state = start;
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (step === undefined || step.applies?.(state) === false) {
      index++;
      continue;
    }
    const place: Place = {
      title,
      step: before.length + 1,
      totalSteps: steps.filter((other) => other.applies?.(state) !== false).length,
    };
    const answer = await step.ask(state, place);
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      const last = before.pop();
      index = last?.index ?? 0;
      // Answers are kept, as what the questions are filled with when they are asked again.
      continue;
    }
    before.push({ index, state });
    state = answer;
    index++;
  }
  return state;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with a value, in a sentence. */
  problemWith(value: string): Promise<string | undefined>;
}

export function askText(question: TextQuestion, place: Place): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.prompt = question.prompt;
  input.value = question.value;
  input.placeholder = question.placeholder;
  return shown(input, place, (done) => {
    const validate = async (value: string): Promise<boolean> => {
      const problem = await question.problemWith(value);
      // Somebody has typed on meanwhile.
      if (input.value !== value) return false;
      input.validationMessage = problem;
      return problem === undefined;
    };
    input.onDidChangeValue((value) => void validate(value.trim()));
    input.onDidAccept(async () => {
      input.value = input.value.trim();
      if (await validate(input.value)) done(input.value);
    });
  });
}

export interface Choice<Value> extends QuickPickItem {
  readonly choice: Value;
}

export interface ChoiceQuestion<Value> {
  readonly placeholder: string;
  readonly choices: readonly Choice<Value>[];
  readonly active: Value;
}

export function askChoice<Value>(question: ChoiceQuestion<Value>, place: Place): Promise<Answer<Value>> {
  const pick = window.createQuickPick<Choice<Value>>();
  pick.placeholder = question.placeholder;
  pick.items = question.choices;
  pick.activeItems = question.choices.filter(({ choice }) => choice === question.active);
  return shown(pick, place, (done) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) done(chosen.choice);
    });
  });
}

/** Shows an input until it is answered or left. */
function shown<T>(
  input: QuickInput & {
    buttons: readonly object[];
    onDidTriggerButton(listener: (button: object) => void): unknown;
  },
  place: Place,
  wire: (done: (value: T) => void) => void,
): Promise<Answer<T>> {
  return new Promise<Answer<T>>((answer) => {
    input.title = place.title;
    input.step = place.step;
    input.totalSteps = place.totalSteps;
    // A look at another window, for the name of a namespace, is no answer.
    input.ignoreFocusOut = true;
    input.buttons = place.step > 1 ? [QuickInputButtons.Back] : [];
    input.onDidTriggerButton(() => answer(BACK));
    input.onDidHide(() => answer(undefined));
    wire(answer);
    input.show();
  }).finally(() => input.dispose());
}
