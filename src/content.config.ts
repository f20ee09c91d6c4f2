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
    /** The part of the course that the lesson belongs to. */
    part: z.string(),
    /** Reading time, interaction included. */
    minutes: z.number().int().positive(),
  }),
});

export const collections = { lessons };
