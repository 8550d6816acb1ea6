using System.Runtime.InteropServices;

namespace Obs.Core.Engine.Outputs;

/// <summary>A prediction. A row without one has no such record.</summary>
/// <remarks>Blittable, 24 bytes, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct PredictionRecord
{
    /// <summary>Receive time of the book frame, ns.</summary>
    public long ReceiveNs;

    /// <summary>The venue's stamp of the book frame, ns; 0 where it has none.</summary>
    public long VenueNs;

    /// <summary>The value in the model's own unit.</summary>
    public double Value;
}
