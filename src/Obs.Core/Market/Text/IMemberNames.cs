using System;

namespace Obs.Core.Market.Text;

/// <summary>The members of an object that a decoder reads, each with a slot of its own.</summary>
internal interface IMemberNames
{
    /// <summary>Slot of a member by its name (escapes resolved); -1 for a member that is skipped.</summary>
    static abstract int SlotOf(ReadOnlySpan<byte> name);
}
