import { type ArticleDetail, articleTable, placementPlateaus } from '../../model/index.js';
import { article as theArticle } from '../../records/article.js';
import type { Command } from '../command.js';
import { printArticle } from '../print-article.js';
import { printArticleDetails } from '../print-article-details.js';

export const article: Command = {
  usage: '',
  summary: 'the article: published, predicted for its host, error',
  help: 'mpps article\nEvery configuration of the article, what was published, and what the model predicts for the article’s host: pps, counters, and the places between which the unpinned reader moved.',
  flags: {},
  positionals: [],
  async run({ json, print }) {
    const table = articleTable(theArticle);
    const { experiment, published } = theArticle.details.naive as ArticleDetail;
    const naivePlateaus = placementPlateaus(experiment, theArticle.host, published.lines);
    print(json ? JSON.stringify({ ...table, naivePlateaus }) : `${printArticle(table)}\n\n${printArticleDetails(table.rows, naivePlateaus)}`);
    return 0;
  },
};
