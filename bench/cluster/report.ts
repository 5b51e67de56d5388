/** What every question of the cluster's bench ends with. */
export interface Report {
  readonly text: string;
  readonly figures: unknown;
  readonly isWithinBudget: boolean;
}
