/**
 * Characters that take no room on the screen, as the inside of a character class with the flag `u`:
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export const invisible = String.raw`\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}`
