// Generated from src/server/control/control-plane.yaml by `npm run generate`: do not edit.

export interface paths {
    readonly "/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The switch panel, a page */
        readonly get: operations["panel"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/panel.js": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The script of the switch panel */
        readonly get: operations["panel_script"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document */
        readonly get: operations["control_contract"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Tell that the mock is up */
        readonly get: operations["health"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/contract": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The OpenAPI document that drives the mock */
        readonly get: operations["contract"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/scenarios": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The selected scenarios, and the catalogue */
        readonly get: operations["scenarios"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/scenario": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The selected scenarios, without the catalogue */
        readonly get: operations["scenario"];
        /** Select a scenario, for the whole mock or for one operation */
        readonly put: operations["use_scenario"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/reset": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Go back to the start: scenario, rows, clock, journal */
        readonly post: operations["reset"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The journal, oldest first */
        readonly get: operations["requests"];
        readonly put?: never;
        readonly post?: never;
        /** Empty the journal */
        readonly delete: operations["clear_requests"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which operations, statuses, scenarios and parameters of the contract were used */
        readonly get: operations["coverage"];
        readonly put?: never;
        readonly post?: never;
        /** Count anew */
        readonly delete: operations["clear_coverage"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/pact": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How the API was used, as a Pact file */
        readonly get: operations["pact"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Requests and changes as they come */
        readonly get: operations["events"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The sessions */
        readonly get: operations["sessions"];
        readonly put?: never;
        /** Open a session, a mock of its own */
        readonly post: operations["open_session"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sessions/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        /** One session */
        readonly get: operations["session"];
        readonly put?: never;
        readonly post?: never;
        /** Close a session */
        readonly delete: operations["close_session"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/fixtures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A snapshot: rows, selection and clock */
        readonly get: operations["snapshot"];
        /** Go back to a snapshot */
        readonly put: operations["restore"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/change-requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The change requests */
        readonly get: operations["change_requests"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/change-requests/{id}/approve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Vote for a change */
        readonly post: operations["approve"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/change-requests/{id}/reject": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Vote against a change */
        readonly post: operations["reject"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/change-requests/{id}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Cancel a change request */
        readonly post: operations["cancel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/change-requests/{id}/expire": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Expire a change request */
        readonly post: operations["expire"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/clock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The clock of the mock */
        readonly get: operations["clock"];
        /** Stop the clock at a time, or move it */
        readonly put: operations["set_clock"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Problem: {
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            readonly code: string;
            readonly errors?: readonly {
                readonly detail: string;
                readonly in: string;
            }[];
        };
        readonly PosthogError: {
            readonly error: string;
        } | {
            readonly detail: string;
        };
        readonly Health: {
            /** @constant */
            readonly status: "ok";
            readonly version?: string;
            readonly sessions?: number;
        };
        readonly Selected: {
            readonly default: string;
            readonly operations: {
                readonly [key: string]: string;
            };
        };
        readonly Scenarios: {
            readonly selected: components["schemas"]["Selected"];
            readonly operations: readonly {
                readonly id: string;
                readonly method: string;
                readonly path: string;
                readonly summary: string;
                readonly tags: readonly string[];
                readonly parameters: readonly {
                    readonly name: string;
                    readonly in: string;
                    readonly required: boolean;
                    /** @description The contract's example; absent without one. */
                    readonly example?: unknown;
                }[];
            }[];
            readonly scenarios: readonly {
                readonly name: string;
                readonly status: number | null;
                readonly operations: readonly string[];
                readonly summary: string;
                readonly synthetic: boolean;
            }[];
        };
        readonly JournalEntry: {
            readonly number: number;
            readonly time: string;
            readonly session: string | null;
            readonly request: {
                readonly method: string;
                readonly path: string;
                readonly query: string;
                readonly headers: components["schemas"]["Headers"];
                readonly body: string | null;
            };
            readonly operation: string | null;
            readonly scenario: string | null;
            /** @enum {unknown} */
            readonly source: "database" | "example" | "schema" | "responder" | null;
            readonly status: number | null;
            readonly response: {
                readonly headers: components["schemas"]["Headers"];
                readonly body: string | null;
            } | null;
            readonly durationMs: number | null;
            readonly hint: string | null;
            /** @description How the request breaks the contract. */
            readonly findings: readonly components["schemas"]["RequestFinding"][];
            /** @description How the answer breaks the contract. */
            readonly violations: readonly components["schemas"]["AnswerViolation"][];
            /** @description The answer in whose place the client got a problem, as it breaks the contract. */
            readonly withheld: {
                readonly status: number;
                readonly headers: components["schemas"]["Headers"];
                readonly body: string | null;
            } | null;
            /** @description What was too long to be kept whole. A request's body is left out then, anything else cut. */
            readonly cut: readonly ("path" | "query" | "headers" | "body" | "response")[];
            readonly curl: string;
        };
        readonly RequestFinding: {
            /** @enum {unknown} */
            readonly in: "path" | "query" | "header" | "cookie" | "body";
            readonly name?: string;
            readonly pointer?: string;
            readonly detail: string;
        };
        readonly AnswerViolation: {
            /** @enum {unknown} */
            readonly in: "status" | "header" | "body";
            readonly name?: string;
            readonly pointer?: string;
            readonly detail: string;
        };
        readonly Headers: {
            readonly [key: string]: string;
        };
        /** @description How much of a contract was answered. */
        readonly Coverage: {
            /** @constant */
            readonly version: 1;
            readonly operations: readonly components["schemas"]["OperationCoverage"][];
            readonly totals: {
                readonly operations: components["schemas"]["CoverageTotal"];
                readonly statuses: components["schemas"]["CoverageTotal"];
                readonly scenarios: components["schemas"]["CoverageTotal"];
                readonly parameters: components["schemas"]["CoverageTotal"];
            };
        };
        readonly OperationCoverage: {
            readonly id: string;
            readonly method: string;
            readonly path: string;
            readonly count: components["schemas"]["Count"];
            /** @description As documented, such as `200`, `4XX` or `default`. */
            readonly statuses: readonly {
                readonly status: string;
                readonly count: components["schemas"]["Count"];
            }[];
            /** @description Statuses that the contract does not have for the operation. */
            readonly undocumented: readonly {
                readonly status: number;
                readonly count: components["schemas"]["Count"];
            }[];
            readonly scenarios: readonly {
                readonly name: string;
                readonly count: components["schemas"]["Count"];
            }[];
            /** @description The documented ones, but for those in the path. */
            readonly parameters: readonly {
                /** @enum {unknown} */
                readonly in: "query" | "header" | "cookie";
                readonly name: string;
                readonly count: components["schemas"]["Count"];
            }[];
        };
        readonly CoverageTotal: {
            readonly covered: components["schemas"]["Count"];
            readonly total: components["schemas"]["Count"];
        };
        readonly Count: number;
        readonly Pact: {
            readonly consumer: components["schemas"]["Pacticipant"];
            readonly provider: components["schemas"]["Pacticipant"];
            readonly interactions: readonly {
                /** @constant */
                readonly type: "Synchronous/HTTP";
                readonly key: string;
                readonly description: string;
                readonly providerStates?: readonly {
                    readonly name: string;
                }[];
                readonly request: {
                    readonly [key: string]: unknown;
                };
                readonly response: {
                    readonly [key: string]: unknown;
                };
            }[];
            readonly metadata: {
                readonly pactSpecification: {
                    /** @constant */
                    readonly version: "4.0";
                };
                readonly "posthog-experiments-mock": {
                    /** @description The number of requests that are no interaction, by reason. */
                    readonly leftOut: {
                        readonly [key: string]: number;
                    };
                };
            };
        };
        readonly Pacticipant: {
            readonly name: string;
        };
        readonly Session: {
            readonly id: string;
            /**
             * Format: uri
             * @description Below the public URL of the server if it has one.
             */
            readonly baseUrl: string;
            /** @description The path of the base URL without any prefix of a proxy. */
            readonly path: string;
            /** Format: date-time */
            readonly expiresAt: string;
        };
        readonly SessionOptions: {
            /** @description 1 to 64 letters, digits, "-" and "_". */
            readonly id?: string;
            /** @description A name, or { operationId: name }. */
            readonly scenario?: string | {
                readonly [key: string]: string;
            };
            readonly now?: string;
            readonly delay?: components["schemas"]["Delay"];
            /** @enum {unknown} */
            readonly auth?: "enforce" | "off";
            /** @enum {unknown} */
            readonly throttle?: "off" | "enforce";
            /** @enum {unknown} */
            readonly validate?: "error" | "warn" | "off";
            /** @enum {unknown} */
            readonly requests?: "warn" | "error" | "off";
            readonly origin?: string;
            /** @description Each named collection replaces that of the mock. */
            readonly fixtures?: {
                readonly [key: string]: unknown;
            };
        };
        /** @description Everything about a mock that can change, but for its journal and the counts of its throttle. */
        readonly Snapshot: {
            /** @constant */
            readonly version: 2;
            /** @description Every collection, as an array of rows with absolute times. */
            readonly rows: {
                readonly [key: string]: unknown;
            };
            /** @description The scenarios that were chosen, oldest first. The last one that applies to an operation decides. */
            readonly choices: readonly {
                readonly scenario: string;
                /** @description An operationId; absent: the whole mock. */
                readonly operation?: string;
                /** @description Answers left; absent: no end. */
                readonly left?: number;
                /** @description The least and the most milliseconds. */
                readonly delay?: [
                    number,
                    number
                ];
            }[];
            readonly clock: {
                /** @enum {unknown} */
                readonly kind: "fixed" | "running" | "caller";
                /** @description Of a fixed clock: microseconds since the Unix epoch. */
                readonly instant?: number;
                /** @description Of a running clock: microseconds ahead of real time. */
                readonly offset?: number;
            } & (unknown & unknown);
            /** @description What the provider keeps beside the rows. */
            readonly provider: {
                readonly [key: string]: unknown;
            };
        };
        readonly ChangeRequestOutcome: {
            readonly status: string;
            readonly message: string;
            readonly change_request: {
                readonly [key: string]: unknown;
            };
        };
        readonly Clock: {
            /** Format: date-time */
            readonly now: string;
            /** @enum {unknown} */
            readonly kind: "running" | "fixed" | "caller";
        };
        /** @description Milliseconds from 0 to 60000, or a range [min, max] to draw them from. */
        readonly Delay: number | [
            number,
            number
        ];
    };
    responses: {
        /** @description What is wrong and what would be right. */
        readonly Problem: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description PostHog's own refusal, or a problem of the mock. */
        readonly Refusal: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["PosthogError"];
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        readonly Id: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly panel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly panel_script: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A script. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/javascript": string;
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly control_contract: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description This document. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly health: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is up. Strangers get the status alone, also without a token or from another host name. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly contract: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The document. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly scenarios: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Selection and catalogue. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Scenarios"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly scenario: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What is selected. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly selected: components["schemas"]["Selected"];
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly use_scenario: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description null: the operation has no scenario of its own any more. */
                    readonly scenario: string | null;
                    /** @description An operationId. Default: the whole mock. */
                    readonly operation?: string;
                    /** @description For this number of answers, then what was selected before. */
                    readonly times?: number;
                    readonly delay?: components["schemas"]["Delay"];
                };
            };
        };
        readonly responses: {
            /** @description What is selected now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly selected: components["schemas"]["Selected"];
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly reset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": Record<string, never>;
            };
        };
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly requests: {
        readonly parameters: {
            readonly query?: {
                /** @description true: only requests that no operation matched. */
                readonly unmatched?: string;
                /** @description An operationId. */
                readonly operation?: string;
                /** @description A method, such as GET. */
                readonly method?: string;
                /** @description The name of a scenario. */
                readonly scenario?: string;
                /** @description A status code; empty for those that got no response. */
                readonly status?: string;
                /** @description At most this number of entries, the newest ones. */
                readonly limit?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Entries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly requests: readonly components["schemas"]["JournalEntry"][];
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly clear_requests: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly coverage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Coverage since the start, or since it was cleared. That of the shared mock has the answers of sessions, too. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Coverage"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly clear_coverage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly pact: {
        readonly parameters: {
            readonly query: {
                /** @description The name of the consumer. */
                readonly consumer: string;
                /** @description The name of the provider. */
                readonly provider: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A Pact file of specification 4. The first one has what the journal has; from then on, every interaction is kept. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Pact"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly events: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Server-sent events: `request` with a JournalEntry; `change` with the `parts` of the mock that changed, out of `scenario`, `rows`, `clock`, `change-requests` and `journal`; `missed` with a `count` when the reader was too slow. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly sessions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Sessions. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly sessions: readonly components["schemas"]["Session"][];
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly open_session: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["SessionOptions"];
            };
        };
        readonly responses: {
            /** @description The session. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly session: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly close_session: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly snapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The snapshot. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Snapshot"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly restore: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Snapshot"];
            };
        };
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly change_requests: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the order in which they were opened. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly changeRequests: readonly {
                            readonly [key: string]: unknown;
                        }[];
                    };
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly approve: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": {
                    /** @description The id of a user. */
                    readonly by?: number;
                };
            };
        };
        readonly responses: {
            /** @description PostHog's answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChangeRequestOutcome"];
                };
            };
            readonly "4XX": components["responses"]["Refusal"];
        };
    };
    readonly reject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": {
                    /** @description The id of a user. */
                    readonly by?: number;
                    readonly reason?: string;
                };
            };
        };
        readonly responses: {
            /** @description PostHog's answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChangeRequestOutcome"];
                };
            };
            readonly "4XX": components["responses"]["Refusal"];
        };
    };
    readonly cancel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": {
                    /** @description The id of a user. */
                    readonly by?: number;
                };
            };
        };
        readonly responses: {
            /** @description PostHog's answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChangeRequestOutcome"];
                };
            };
            readonly "4XX": components["responses"]["Refusal"];
        };
    };
    readonly expire: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["parameters"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": Record<string, never>;
            };
        };
        readonly responses: {
            /** @description PostHog's answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChangeRequestOutcome"];
                };
            };
            readonly "4XX": components["responses"]["Refusal"];
        };
    };
    readonly clock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The clock. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
    readonly set_clock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description ISO 8601, or relative to the present such as now+15d. */
                    readonly now?: string;
                    /** @description Milliseconds; negative ones go back. */
                    readonly advance?: number;
                } & (unknown | unknown);
            };
        };
        readonly responses: {
            /** @description The clock. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Problem"];
        };
    };
}
