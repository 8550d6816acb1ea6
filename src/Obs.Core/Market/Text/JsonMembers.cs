using System;
using System.Runtime.CompilerServices;

namespace Obs.Core.Market.Text;

/// <summary>Collects the known members of an object, in any order, and validates the whole object on the way.</summary>
/// <remarks>Any thread, no allocation. A known member that comes twice makes the frame malformed; unknown members are only checked for being JSON.</remarks>
internal static class JsonMembers
{
    /// <summary>Takes an object from the cursor.</summary>
    /// <param name="cursor">Stands before the object.</param>
    /// <param name="frame">The text the cursor walks.</param>
    /// <param name="slots">Receives where the members lie; must be blank.</param>
    /// <param name="depth">Nesting of the object itself.</param>
    public static bool TryCollect<TNames>(ref JsonCursor cursor, ReadOnlySpan<byte> frame, scoped Span<JsonValue> slots, int depth)
        where TNames : struct, IMemberNames
    {
        if (!cursor.TryTake('{'))
            return false;
        if (cursor.TryTake('}'))
            return true;
        do
        {
            if (!cursor.TryReadKey(out JsonValue key))
                return false;
            int slot = key.Escaped ? SlotOfEscaped<TNames>(frame, key) : TNames.SlotOf(key.Raw(frame));
            if (!cursor.TryReadValue(out JsonValue value, depth))
                return false;
            if (slot < 0)
                continue;
            if (slots[slot].IsPresent)
                return false;
            slots[slot] = value;
        }
        while (cursor.TryTake(','));
        return cursor.TryTake('}');
    }

    /// <summary>Slot of a member whose name has escapes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int SlotOfEscaped<TNames>(ReadOnlySpan<byte> frame, JsonValue key)
        where TNames : struct, IMemberNames
    {
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        return TNames.SlotOf(key.Plain(frame, scratch));
    }
}
