/** Packages that MSW requires, though they are ES modules only. Jest requires such from Node 24.9 on. */
const ES_MODULES = ['@open-draft/deferred-promise', 'rettime', 'until-async'];

/** @type {import('jest').Config} */
module.exports = {
  transform: { '\\.m?[jt]sx?$': 'babel-jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};
