using System.Runtime.InteropServices;
using Obs.Core.Signals;

namespace Obs.Core.Engine.Outputs;

/// <summary>A row of features in the ring. In the log only present values are written, after a mask that names them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FeatureRecord
{
    /// <summary>Receive time of the book frame, ns.</summary>
    public long ReceiveNs;

    /// <summary>The venue's stamp of the book frame, ns; 0 where it has none.</summary>
    public long VenueNs;

    /// <summary>Features that the log keeps: the six and the model's, whatever else an output asked for.</summary>
    public FeatureSet Kept;

    /// <summary>The row.</summary>
    public FeatureRow Row;
}
