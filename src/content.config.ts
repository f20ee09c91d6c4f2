import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** One folder for each lesson; the folder's name is its address below /lessons. */
const lessons = defineCollection({
  loader: glob({ base: './src/lessons', pattern: '*/index.mdx' }),
  schema: z.object({
    title: z.string(),
    description: z.string(),
    /** Place in the course, from 1. */
    order: z.number().int().positive(),
    /** The part of the course that the lesson belongs to: one of src/lessons/outline.json. */
    part: z.string(),
    /** Reading time, interaction included. */
    minutes: z.number().int().positive(),
    /** How long its networks train on two processor cores, all cells and figures together. */
    trainingMinutes: z.number().nonnegative().default(0),
    /** Whether a graphics card makes a difference that the reader feels. Nothing needs one. */
    gpu: z.enum(['none', 'helps']).default('none'),
  }),
});

export const collections = { lessons };
