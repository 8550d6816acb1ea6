using System.Collections.Generic;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>Keeps every execution.</summary>
internal readonly struct ListSink(List<OrderReport> executions) : IPaperSink
{
    public List<OrderReport> Executions => executions;

    public void OnExecution(in OrderReport execution) => executions.Add(execution);
}
