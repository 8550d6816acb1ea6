using System;

namespace Obs.Core.Simulation;

/// <summary>Executions of one cause.</summary>
internal struct CauseTally
{
    /// <summary>Number of executions.</summary>
    public long Executions;

    /// <summary>Their sizes, in size mantissas.</summary>
    public Int128 Size;

    /// <summary>The part of the sizes that neither the book nor the tape showed, in size mantissas.</summary>
    public Int128 BeyondEvidence;
}
