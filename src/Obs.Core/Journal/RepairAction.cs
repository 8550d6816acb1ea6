using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>One thing a repair did.</summary>
/// <param name="Problem">What was wrong.</param>
/// <param name="Description">What was done.</param>
/// <param name="SetAside">Files that keep what was taken out of the log.</param>
internal sealed record RepairAction(JournalProblem Problem, string Description, IReadOnlyList<string> SetAside);
