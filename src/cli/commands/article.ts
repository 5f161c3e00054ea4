import { articleTable } from '../../model/index.js';
import { article as theArticle } from '../../records/article.js';
import type { Command } from '../command.js';
import { printArticle } from '../print-article.js';

export const article: Command = {
  usage: '',
  summary: 'the article: published, predicted for its host, error',
  help: 'mpps article\nEvery configuration of the article, what was published, and what the model predicts for the article’s host.',
  flags: {},
  positionals: [],
  async run({ json, print }) {
    const table = articleTable(theArticle);
    print(json ? JSON.stringify(table) : printArticle(table));
    return 0;
  },
};
