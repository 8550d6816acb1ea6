using System;
using System.Runtime.InteropServices;

namespace Obs.Core.Engine.Outputs;

/// <summary>An execution at the paper venue at the moment of the match, with its cause and fee.</summary>
/// <remarks>Blittable, 96 bytes, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FillRecord
{
    /// <summary>Fee in the market's money units.</summary>
    public Int128 Fee;

    /// <summary>The execution.</summary>
    public ReportFields Execution;

    /// <summary>Zero.</summary>
    public long Reserved;
}
