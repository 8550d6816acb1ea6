using System.Runtime.InteropServices;

namespace Obs.Core.Market;

/// <summary>One price level: the absolute size shown at a price; size 0 in a diff removes the level. 16 bytes, on disk in the decoded form.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BookLevel(Price Price, Size Size);
