using System.Runtime.InteropServices;
using Obs.Core.Trading;

namespace Obs.Core.Engine.Outputs;

/// <summary>A decision with its reason.</summary>
/// <remarks>Blittable, 48 bytes, on disk (layout test). <see cref="Signal"/> itself has no layout of its own.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalRecord
{
    /// <summary>Receive time of the book frame, ns.</summary>
    public long ReceiveNs;

    /// <summary>The venue's stamp of the book frame, ns; 0 where it has none.</summary>
    public long VenueNs;

    /// <summary>The value that was judged.</summary>
    public double Value;

    /// <summary>The threshold it was judged against.</summary>
    public double Threshold;

    /// <summary>Cost added to the threshold.</summary>
    public double Cost;

    /// <summary>A <see cref="SignalDirection"/>.</summary>
    public long Direction;

    /// <summary>The decision.</summary>
    public readonly Signal Signal => new((SignalDirection)Direction, Value, Threshold, Cost);
}
