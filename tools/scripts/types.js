// What pages and kernel tell each other, and the state of each widget: for the type check alone.

/**
 * What anywidget gives of a model to a view of it.
 * @template State
 * @typedef {object} Model
 * @property {<Name extends keyof State>(name: Name) => State[Name]} get
 * @property {(state: Partial<State>) => void} set
 * @property {() => void} save_changes
 * @property {(message: FromPage, callbacks?: Callbacks) => void} send
 * @property {(event: string, hear: Hear) => void} on
 * @property {(event: string, hear: Hear) => void} off
 * @property {{ kernel?: Kernel }} [widget_manager]
 */

/** @typedef {(...heard: any[]) => unknown} Hear */

/**
 * @template State
 * @typedef {{ model: Model<State>, el: HTMLElement }} View
 */

// The state of each widget.

/** @typedef {{ chosen: Chosen, past: Chosen[], counts: Counts }} Shown */
/**
 * @typedef {object} FiltersOwn
 * @property {Group[]} groups
 * @property {Bounds[]} numbers
 * @property {[page: string, turns: number]} turn
 * @property {Agreed} agreed
 * @property {string} text
 * @property {number} answered
 */
/** @typedef {Shown & FiltersOwn} FiltersState */
/** @typedef {{ figure: Figure, shown: number, status: string[], config: object }} FigureState */
/**
 * @typedef {object} ListingState
 * @property {[title: string, ordered: boolean][]} heads
 * @property {Row[]} rows
 * @property {string} note
 * @property {string} opened
 * @property {string} html
 */
/** @typedef {{ said: string }} SaverState */
/** @typedef {{}} WatchState */

// Messages of pages to the kernel.

/**
 * @typedef {{ need: string }
 *   | { rest: true }
 *   | { apply: string, number: number }
 *   | { pick: unknown }
 *   | { alive: number, shown: number | undefined }} FromPage
 */

// Messages of the kernel to pages; each widget hears those that are meant for it.

/** @typedef {{ script?: string }} ScriptSent */
/** @typedef {{ number?: number, problem?: string, choose?: Chosen }} Answer */
/** @typedef {{ alive?: number }} Alive */
/** @typedef {{ figure: Figure, format: string, name: string }} Drawing */
/** @typedef {{ name: string, type: string }} Offer */
/** @typedef {{ draw?: Drawing, offer?: Offer }} Saved */

// Their parts.

/**
 * The words, the number or the text of each field; null where it is open.
 * @typedef {{ text?: string | null, [field: string]: Value | undefined }} Chosen
 */
/** @typedef {string[] | number | string | null} Value */
/** @typedef {{ [field: string]: { [word: string]: number } | undefined }} Counts */
/** @typedef {{ heard: { [page: string]: number }, chosen: Chosen, past: Chosen[] }} Agreed */
/**
 * @typedef {object} Group
 * @property {string} name
 * @property {string} title
 * @property {[word: string, label: string][]} options
 * @property {boolean} unfolded
 */
/**
 * @typedef {object} Bounds
 * @property {string} name
 * @property {string} title
 * @property {[least: number, most: number]} bounds
 * @property {number} open
 */
/** @typedef {[key: string, name: string, ...cells: (string | [word: string, place: number])[]]} Row */
/** @typedef {{ data: Trace[], layout: Layout, name: string, alt: string }} Figure */
/** @typedef {{ type?: string, [part: string]: unknown }} Trace */
/**
 * @typedef {object} Layout
 * @property {{ color: string }} font
 * @property {number} width
 * @property {number} height
 * @property {string} [paper_bgcolor]
 */

// What the pieces of the filters give one another.

/**
 * A part of the filters, and what puts into it what is chosen now.
 * @typedef {{ element: HTMLElement, show: (now: Shown) => void }} Part
 */
/**
 * @typedef {object} Choices
 * @property {() => Chosen} now
 * @property {(changes: Chosen, field?: string | null) => void} choose
 * @property {() => void} open
 * @property {() => void} undo
 * @property {() => void} agree
 */

/** @typedef {"here" | "busy" | "away" | "gone"} KernelState */

// What others bring.

/**
 * What plotly.js makes of an element.
 * @typedef {HTMLDivElement & { data?: Trace[], removeAllListeners: (event: string) => void,
 *   on: (event: string, hear: (clicked: { points: { customdata: unknown }[] }) => void) => void
 * }} Chart
 */

/** @typedef {(status: { content: { execution_state: string } }) => void} StatusTold */
/** @typedef {{ iopub: { status: StatusTold } }} Callbacks */
/**
 * @template Now
 * @typedef {{ connect: (hear: (kernel: Kernel, now: Now) => void) => void,
 *   disconnect: (hear: (kernel: Kernel, now: Now) => void) => void }} Signal
 */
/**
 * @typedef {object} Kernel
 * @property {Signal<string>} statusChanged
 * @property {Signal<string>} connectionStatusChanged
 * @property {Signal<void>} disposed
 */
