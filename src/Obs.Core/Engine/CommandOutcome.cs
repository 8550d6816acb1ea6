namespace Obs.Core.Engine;

/// <summary>The one answer to a command: a function of the journal, so recovery and replay give it again.</summary>
/// <param name="Sequence">Record of the command; for a retry with the same key the record of the first.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Reason">Accepted, or why not.</param>
internal readonly record struct CommandOutcome(long Sequence, EngineCommandKind Kind, CommandReason Reason);
