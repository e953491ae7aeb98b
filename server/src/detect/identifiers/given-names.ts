/** Given names that are common in the United States over the last century (public lists of the SSA), as a supporting witness only. */
const GIVEN_NAMES = new Set(
  (
    'james|mary|robert|patricia|john|jennifer|michael|linda|david|elizabeth|william|barbara|richard|susan|joseph|jessica|thomas|sarah|christopher|karen|charles|lisa|daniel|nancy|matthew|betty|anthony|sandra|donald|' +
    'margaret|mark|ashley|paul|kimberly|steven|emily|andrew|donna|kenneth|michelle|george|carol|joshua|amanda|kevin|melissa|brian|deborah|edward|stephanie|ronald|rebecca|timothy|laura|jason|sharon|jeffrey|cynthia|ryan|' +
    'kathleen|jacob|amy|gary|shirley|nicholas|angela|eric|helen|stephen|anna|jonathan|brenda|larry|pamela|justin|nicole|scott|samantha|brandon|katherine|benjamin|emma|samuel|ruth|gregory|christine|frank|catherine|' +
    'alexander|debra|raymond|rachel|patrick|carolyn|jack|janet|dennis|virginia|jerry|maria|tyler|heather|aaron|diane|jose|julie|henry|joyce|adam|victoria|douglas|kelly|nathan|christina|peter|lauren|zachary|joan|kyle|' +
    'evelyn|walter|olivia|harold|judith|jeremy|megan|ethan|cheryl|carl|martha|keith|andrea|roger|frances|gerald|hannah|christian|jacqueline|terry|ann|anne|sean|gloria|arthur|jean|austin|kathryn|noah|alice|lawrence|' +
    'teresa|jesse|sara|joe|janice|bryan|doris|billy|madison|jordan|julia|albert|grace|dylan|judy|bruce|abigail|willie|marie|gabriel|denise|alan|beverly|juan|amber|logan|theresa|wayne|marilyn|ralph|danielle|roy|diana|' +
    'eugene|brittany|randy|natalie|vincent|sophia|russell|rose|louis|isabella|philip|alexis|bobby|kayla|johnny|charlotte|bradley|jane|jamie|lori|molly|luis|carlos|miguel|antonio|rosa|ana|carmen|elena|sofia|lucia|' +
    'mohammed|muhammad|ahmed|ali|fatima|aisha|omar|wei|mei|ming|li|chen|yuki|hiroshi|priya|raj|sanjay|anita|deepak|olga|ivan|dmitri|natasha|svetlana|liam|mason|lucas|oliver|elijah|aiden|jackson|sebastian|owen|caleb|' +
    'luke|isaac|levi|ella|mia|ava|chloe|lily|zoe|nora|hazel|stella|lucy|claire|eleanor|ellen|edith|agnes|mabel|florence|ethel|irene|dorothy|mildred|gladys|hazel|lois|edna|thelma|norma|phyllis|leo|max|oscar|felix|hugo|' +
    'adele|pierre|francois|marcel|hans|klaus|greta|ingrid|lars|sven|bjorn|eve|everyman|alicia|alma|angel|april|arnold|barry|becky|ben|beth|bill|bob|bonnie|brad|brett|calvin|cathy|cecil|chad|chris|clara|claude|clyde|' +
    'cody|connie|craig|crystal|curtis|dale|dan|darlene|darrell|dave|dawn|dean|derek|diego|don|dora|earl|eddie|eileen|elaine|elsie|ernest|esther|ethel|eva|fred|frederick|gail|gene|geraldine|gilbert|gina|glen|glenn|gordon|' +
    'greg|harriet|harry|harvey|hector|herbert|herman|holly|howard|ian|ida|isabel|jay|jeff|jenny|jessie|jill|jim|jimmy|jo|jodi|joel|jon|jorge|josephine|juanita|kathy|katie|ken|kim|kristen|kurt|lee|leon|leona|leonard|leroy|' +
    'leslie|lester|lillian|lloyd|loretta|lorraine|louise|lucille|lynn|manuel|marc|marcia|marcus|margie|marion|marjorie|marlene|martin|marvin|maureen|maurice|melanie|melvin|mike|milton|minnie|mitchell|monica|morris|nathaniel|' +
    'neil|nina|norman|paula|pauline|pearl|pedro|peggy|penny|phil|phillip|rafael|ramon|ray|regina|renee|ricardo|rick|ricky|rita|roberta|roberto|rodney|roland|ron|ronnie|rosemary|ruben|sally|sam|sergio|shane|shannon|shawn|' +
    'sheila|sherry|sidney|stacey|stanley|steve|sue|suzanne|sylvia|tammy|tanya|ted|theodore|tiffany|tim|tina|todd|tom|tommy|tony|tracy|travis|troy|valerie|vanessa|vera|vernon|veronica|vicki|victor|viola|vivian|wanda|warren|' +
    'wendy|wilma|yolanda|yvonne|amelia|harper|camila|layla|zoey|penelope|riley|aria|scarlett|mateo|ezra|asher|carter|julian|maya|naomi|aaliyah|malik|jamal|latoya|keisha|darnell|tyrone|xavier|nguyen|kwame|chukwu|sanjana|arjun'
  ).split('|'),
);

export function isGivenName(token: string): boolean {
  return GIVEN_NAMES.has(token.toLowerCase().replace(/[.,]/g, ''));
}
