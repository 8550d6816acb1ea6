using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>What a repair did and what is left.</summary>
/// <param name="Actions">In order; empty if nothing was wrong.</param>
/// <param name="FirstSequence">First record kept; 1 if none.</param>
/// <param name="LastSequence">Last record kept; 0 if none.</param>
internal sealed record RepairReport(IReadOnlyList<RepairAction> Actions, long FirstSequence, long LastSequence);
