/** Short forms of first names that colleagues use as account names; the first is the long one. */
const families = `
alexander alex sascha sasha xander|alexandra alex sandra sasha|andrew andy drew|anthony tony
antonio toni tony|barbara barb|benjamin ben benji benny|catherine cathy kate katie|charles charlie chuck
christian chris|christina chris tina|christopher chris|daniel dan danny dani|david dave|deborah deb debbie
dominic dom|dorothea doro|dolores lola|edward ed eddie ted|eduardo edu lalo|elizabeth liz beth betty eliza lisa
emanuel manu|francisco paco pancho fran|friedrich fritz fred|gabriel gabe gabi|gerald gerry jerry|gregory greg
guillermo memo|hannah hanna|heinrich heinz heiner|ignacio nacho|isabel isa isabella bella|jacob jake
james jim jimmy jamie|jennifer jen jenny|jessica jess|jesus chus|johannes hannes jo|john jack johnny
jonathan jon jonny|jose pepe|joseph joe joey|josefa pepa|joshua josh|jürgen jogi|katharina kathi katha kat
katherine kate kathy katie|lawrence larry|leonard leo len lenny|lieselotte liesel lotte lilo|magdalena magda lena
manuel manolo manu|margaret maggie meg peggy|maria mia mari|matthew matt matty|matthias matze matt
maximilian max|michael mike micky michi|natalie nat|nathaniel nat nate|nicholas nick nicky|nicolas nico
nikolaus klaus nik|olivia liv|pamela pam|patricia pat trish|patrick pat paddy|penelope penny|peter pete
philip phil|rafael rafa|raymond ray|rebecca becky becca|ricardo rick ricky|richard rich rick dick
robert rob bob bobby|roberto beto|ronald ron ronny|rosamund ros|rudolf rudi|samantha sam|samuel sam sammy
sebastian seb basti|stephanie steph steffi|stephen steve|steven steve|susan sue suzie|teresa tess tere
theodore ted theo|thomas tom tommy|timothy tim|tobias tobi|ulrich uli|valentina vale|veronica vero ronnie
victoria vicky tori|vincent vince vinnie|walter walt wally|wilhelm willi will|william bill will billy liam
wolfgang wolf|zachary zach|zofia zosia|agnieszka aga|katarzyna kasia|małgorzata gosia|wojciech wojtek
tomasz tomek|paweł pawelek|joão jota|marieke riek|femke fem|ruben ruud|lakshmi laksh|meenakshi meena
sandeep sandy|duarte dudu|beatriz bia|joana jo|tomás tom|crisanto cris|benjie ben|marisol mari
`
  .trim()
  .split(/[|\n]/)
  .map((family) =>
    family.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').trim().split(' '),
  )

const longFor = new Map<string, Set<string>>()
for (const [long = '', ...short] of families)
  for (const name of short) longFor.set(name, (longFor.get(name) ?? new Set()).add(long))

/** Whether one of two first names, lower case and without accents, can be short for the other. */
export const isShortFor = (a: string, b: string): boolean =>
  a === b || longFor.get(a)?.has(b) === true || longFor.get(b)?.has(a) === true
