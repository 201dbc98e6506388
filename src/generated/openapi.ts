// Generated from openapi.yaml by `npm run generate`: do not edit.

export interface paths {
    "/api/projects/{project_id}/experiments/requires_flag_implementation/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the project, or `@current` for the current project of the key's user. `/api/projects/` lists the ids.
                 * @example @current
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * Tell whether a feature flag still has to be implemented
         * @description `result` is true when no recent event of the given events and actions carries a property of a feature flag.
         */
        get: operations["experiments_requires_flag_implementation_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{project_id}/experiments/stats/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the project, or `@current` for the current project of the key's user. `/api/projects/` lists the ids.
                 * @example @current
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * Count the experiments of the last weeks
         * @description Counts launched, running and completed experiments of the last 30 days, and compares launches with the 30 days before. Archived and deleted experiments do not count.
         */
        get: operations["experiments_stats_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The envelope of all errors except those of the approval gate. */
        Error: {
            /**
             * @description The family of the error.
             * @enum {string}
             */
            type: "authentication_error" | "invalid_request" | "server_error" | "throttled_error" | "validation_error";
            /** @description The error code, for programs. */
            code: string;
            /** @description The error message, for people. */
            detail: string;
            /** @description The invalid field; these operations never name one. */
            attr: null;
        };
        /** @description The five numbers at the top of the list of experiments. */
        ExperimentStats: {
            /** @description Experiments that started in the last 30 days. */
            launched_last_30d: number;
            /** @description Experiments that started in the 30 days before those. */
            launched_previous_30d: number;
            /** @description The change from the previous launches to the latest ones, in percent, with at most one decimal. */
            percent_change: number;
            /** @description Experiments that have started and not ended. */
            active_experiments: number;
            /** @description Experiments that ended in the last 30 days. */
            completed_last_30d: number;
        };
        /** @description Whether a feature flag still has to be implemented. */
        FlagImplementation: {
            /** @description True when no recent matching event carries a property of a feature flag. */
            result: boolean;
        };
        /** @description What an experiment measures. */
        Entities: components["schemas"]["Entity"][];
        /** @description An event or an action. */
        Entity: {
            /** @description The name of an event, or the id of an action. */
            id?: string | number | null;
            /** @description Such as `events` or `actions`. */
            type?: string;
            /** @description The position among the entities. */
            order?: number;
            /** @description What the entity is called. */
            name?: string | null;
            /** @description How its events are counted. */
            math?: string | null;
            /** @description Filters, which have no effect here. */
            properties?: unknown;
        };
        /** @description A change that waits for approval. Callers that may not read change requests get no details. */
        ApprovalRequired: {
            /**
             * @description Whether the change request is new or existed already.
             * @enum {string}
             */
            code: "approval_required" | "change_request_pending";
            /**
             * @description Always the same.
             * @constant
             */
            status: "approval_required";
            /** @description What happened, for people. */
            detail: string;
            /** @description The same as `detail`. */
            message: string;
            /** @description The type of the resource to change, such as `feature_flag`. */
            resource_type: string;
            /** @description The id of the resource to change. */
            resource_id: string | null;
            /**
             * Format: uuid
             * @description The id of the pending change request.
             */
            change_request_id: string;
            change_request?: components["schemas"]["ChangeRequest"];
            required_approvers?: components["schemas"]["RequiredApprovers"];
        };
        /** @description Who has to approve; empty when the change request existed already. */
        RequiredApprovers: {
            /** @description How many approvals apply the change. */
            quorum?: number;
            /** @description The ids of the users who may approve. */
            users?: number[];
            /** @description The ids of the roles whose holders may approve. */
            roles?: string[];
        };
        /** @description A change that somebody asked for, and how far it has come. */
        ChangeRequest: {
            /**
             * Format: uuid
             * @description The id of the change request.
             */
            id: string;
            /** @description What would be done, such as `feature_flag.update`. */
            action_key: string;
            /** @description The version of the action. */
            action_version: number;
            /** @description The type of the resource to change, such as `feature_flag`. */
            resource_type: string;
            /** @description The id of the resource to change. */
            resource_id: string | null;
            /** @description The change as it will be applied. */
            intent: {
                [key: string]: unknown;
            };
            /** @description The change in words, before and after. */
            intent_display: {
                [key: string]: unknown;
            };
            /** @description The approval policy when the change was asked for. */
            policy_snapshot: {
                [key: string]: unknown;
            };
            /**
             * @description Whether the change can still be applied.
             * @enum {string}
             */
            validation_status: "valid" | "invalid" | "expired" | "stale";
            /** @description Why it cannot be applied. */
            validation_errors: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When that was last found out.
             */
            validated_at: string | null;
            /**
             * @description How far the change request has come.
             * @enum {string}
             */
            state: "pending" | "approved" | "applied" | "rejected" | "expired" | "failed";
            /** @description Who asked for the change. */
            created_by: components["schemas"]["UserBasic"] | null;
            /** @description Whose approval applied it. */
            applied_by: components["schemas"]["UserBasic"] | null;
            /**
             * Format: date-time
             * @description When the change was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the change request last changed.
             */
            updated_at: string | null;
            /**
             * Format: date-time
             * @description When it can no longer be approved.
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description When the change was applied.
             */
            applied_at: string | null;
            /** @description Why applying failed; empty otherwise. */
            apply_error: string;
            /** @description What applying gave. */
            result_data: {
                [key: string]: unknown;
            } | null;
            /** @description The votes, oldest first. */
            approvals: components["schemas"]["Approval"][];
            /** @description Whether the reader may approve. Always false in this answer. */
            can_approve: boolean;
            /** @description Whether the reader may cancel. Always false in this answer. */
            can_cancel: boolean;
            /** @description Whether the reader asked for the change. Always false in this answer. */
            is_requester: boolean;
            /**
             * @description How the reader voted. Always null in this answer.
             * @enum {string|null}
             */
            user_decision: "approved" | "rejected" | null;
        };
        /** @description A vote on a change request. */
        Approval: {
            /**
             * Format: uuid
             * @description The id of the vote.
             */
            id: string;
            /** @description Who voted. */
            created_by: components["schemas"]["UserBasic"] | null;
            /**
             * @description How they voted.
             * @enum {string}
             */
            decision: "approved" | "rejected";
            /** @description Why. */
            reason: string;
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
        };
        /** @description A user as others see them. */
        UserBasic: {
            /** @description The id of the user. */
            id: number;
            /**
             * Format: uuid
             * @description The UUID of the user.
             */
            uuid: string;
            /** @description The id under which the user's own events are captured. */
            distinct_id: string | null;
            /** @description The first name. */
            first_name: string;
            /** @description The last name. */
            last_name: string;
            /** @description The address of the user. */
            email: string;
            /** @description Whether the address has been confirmed. */
            is_email_verified: boolean | null;
            /** @description The hedgehog that the user has chosen. */
            hedgehog_config: {
                [key: string]: unknown;
            } | null;
            /** @description What the user does in the organization. */
            role_at_organization: string | null;
        };
        /** @description The answer of the approval gate when several policies match. */
        PolicyConflict: {
            /**
             * @description Always the same.
             * @constant
             */
            code: "policy_conflict";
            /** @description What is wrong. */
            error: string;
            /** @description The policies that match. */
            conflicting_policies: {
                /**
                 * Format: uuid
                 * @description The id of the policy.
                 */
                id: string;
                /** @description The policy in words. */
                name: string;
            }[];
            /** @description What the caller can do. */
            guidance: string;
        };
    };
    responses: {
        /** @description The request has no valid API key. */
        Unauthorized: {
            headers: {
                Allow: components["headers"]["Allow"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key or its user lacks permission for this request. */
        Forbidden: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such project, or no such format. */
        NotFound: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The path does not support this method. */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The `Accept` header excludes JSON. */
        NotAcceptable: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The approval gate was raised, and the change waits as a change request. The live server documents this answer for both operations, but never gives it. */
        ApprovalRequired: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApprovalRequired"];
            };
        };
        /** @description The API key has been used too often. */
        Throttled: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Something went wrong on the server. */
        ServerError: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A proxy in front of the server cannot reach it. */
        BadGateway: {
            headers: {
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "text/html": string;
            };
        };
    };
    parameters: {
        /**
         * @description The id of the project, or `@current` for the current project of the key's user. `/api/projects/` lists the ids.
         * @example @current
         */
        ProjectId: string;
        /**
         * @description The format of the answer; there is only one.
         * @example json
         */
        Format: "json";
        /**
         * @description The API key, for clients that cannot send the `Authorization` header.
         * @example phx_experiment_read
         */
        PersonalApiKey: string;
        /** @description JSON array of the entities whose `id` is the name of an event. */
        Events: string;
        /** @description JSON array of the entities whose `id` is the id of an action. */
        Actions: string;
        /**
         * @description How many events of each name are inspected; 0 means the default.
         * @example 20
         */
        Limit: number;
        /** @description Property filters as JSON. They are parsed, but have no effect. */
        Properties: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The methods of the path.
         * @example GET, HEAD, OPTIONS
         */
        Allow: string;
        /** @description Where a client learns how to authenticate: `Bearer resource_metadata="<site>/.well-known/oauth-protected-resource"`, where the site is the first server. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    experiments_requires_flag_implementation_retrieve: {
        parameters: {
            query?: {
                /** @description JSON array of the entities whose `id` is the name of an event. */
                events?: components["parameters"]["Events"];
                /** @description JSON array of the entities whose `id` is the id of an action. */
                actions?: components["parameters"]["Actions"];
                /**
                 * @description How many events of each name are inspected; 0 means the default.
                 * @example 20
                 */
                limit?: components["parameters"]["Limit"];
                /** @description Property filters as JSON. They are parsed, but have no effect. */
                properties?: components["parameters"]["Properties"];
                /**
                 * @description The format of the answer; there is only one.
                 * @example json
                 */
                format?: components["parameters"]["Format"];
                /**
                 * @description The API key, for clients that cannot send the `Authorization` header.
                 * @example phx_experiment_read
                 */
                personal_api_key?: components["parameters"]["PersonalApiKey"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the project, or `@current` for the current project of the key's user. `/api/projects/` lists the ids.
                 * @example @current
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public reference documents a response without a body. The live server sends the one described here. */
            200: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagImplementation"];
                };
            };
            /** @description A parameter cannot be used, or the change matches several approval policies. */
            400: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] | components["schemas"]["PolicyConflict"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["ApprovalRequired"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["BadGateway"];
        };
    };
    experiments_stats_retrieve: {
        parameters: {
            query?: {
                /**
                 * @description The format of the answer; there is only one.
                 * @example json
                 */
                format?: components["parameters"]["Format"];
                /**
                 * @description The API key, for clients that cannot send the `Authorization` header.
                 * @example phx_experiment_read
                 */
                personal_api_key?: components["parameters"]["PersonalApiKey"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the project, or `@current` for the current project of the key's user. `/api/projects/` lists the ids.
                 * @example @current
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public reference documents a response without a body. The live server sends the one described here. */
            200: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentStats"];
                };
            };
            /** @description The change matches several approval policies. */
            400: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] | components["schemas"]["PolicyConflict"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["ApprovalRequired"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["BadGateway"];
        };
    };
}
