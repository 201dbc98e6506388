/** Answers whose bodies take care to match: two of the same schema, with other values, other names and other branches, and one without most of it. */
export const ODD_BODIES = {
  openapi: '3.1.0',
  info: { title: 'Odd bodies', version: '1' },
  paths: {
    '/team': {
      get: {
        operationId: 'team',
        responses: {
          200: {
            description: 'A team.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Team' },
                examples: {
                  first: {
                    value: {
                      pet: { kind: 'dog', bark: 'loud' },
                      members: { 'b1-x': { age: 20, since: null }, c2: { age: 30, since: '2026-01-01' } },
                      lead: null,
                      note: null,
                      ended: '2026-01-01',
                      state: 'open',
                      pets: [
                        { kind: 'dog', bark: 'loud' },
                        { kind: 'cat', lives: 9 },
                      ],
                      "it's": 1,
                      '': 2,
                      'a.b': 3,
                    },
                  },
                  second: {
                    value: {
                      pet: { kind: 'dog', bark: 'low' },
                      members: { d3: { age: 40, since: null } },
                      lead: { age: 50, since: '2026-02-01' },
                      note: 7,
                      ended: null,
                      state: null,
                      pets: [{ kind: 'dog', bark: 'low' }],
                      "it's": 4,
                      '': 5,
                      'a.b': 6,
                    },
                  },
                  bare: { value: { pet: { kind: 'cat' } } },
                },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Cat: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
      },
      Dog: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'dog' }, bark: { type: 'string' } },
      },
      Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] },
      Member: {
        type: 'object',
        properties: {
          age: { type: 'integer' },
          since: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        },
      },
      Team: {
        type: 'object',
        properties: {
          pet: { $ref: '#/components/schemas/Pet' },
          members: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Member' } },
          lead: { anyOf: [{ $ref: '#/components/schemas/Member' }, { type: 'null' }] },
          note: { type: ['integer', 'null'] },
          ended: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
          state: { enum: ['open', 'closed', null] },
          pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
          "it's": { type: 'integer' },
          '': { type: 'integer' },
          'a.b': { type: 'integer' },
        },
      },
    },
  },
};
