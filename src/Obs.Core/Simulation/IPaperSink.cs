using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Takes every execution at the moment of the match. Reports travel to the client apart (<c>TryDeliver</c>).</summary>
/// <remarks>Implemented by a struct so that the call is inlined. It must not call the venue back.</remarks>
internal interface IPaperSink
{
    /// <summary>One execution: a line of executions.csv.</summary>
    void OnExecution(in OrderReport execution);
}
