/** @type {import('next').NextConfig} */
export default {
  // The mock reads files of its package, so Next must not bundle it.
  serverExternalPackages: ['posthog-experiments-mock'],
};
