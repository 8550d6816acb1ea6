using System.Runtime.InteropServices;

namespace Obs.Core.Trading;

/// <summary>A decision with its reason: which value was compared with which bound.</summary>
/// <remarks>Blittable value; goes to the output log with the features and the prediction of the same sequence.</remarks>
/// <param name="Direction">Buy, sell or nothing.</param>
/// <param name="Value">The value that was judged: predicted return, or imbalance.</param>
/// <param name="Threshold">The user's threshold.</param>
/// <param name="Cost">What a trade costs, added to the threshold; 0 where the value is no return.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Signal(SignalDirection Direction, double Value, double Threshold, double Cost);
