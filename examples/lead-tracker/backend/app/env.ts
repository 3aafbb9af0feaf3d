// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { environmentVariables } from '#runtime/environment/environment-variables.ts';

/** The variables this backend reads, all checked at start: see .env.example. */
export const environment = environmentVariables;
