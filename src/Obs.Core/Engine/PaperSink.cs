using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Takes the paper venue's executions at the moment of the match.</summary>
/// <remarks>A struct, so that the venue's code is compiled with the call inlined.</remarks>
internal readonly struct PaperSink(ReportBooking booking) : IPaperSink
{
    /// <inheritdoc/>
    public void OnExecution(in OrderReport execution) => booking.OnExecution(execution);
}
