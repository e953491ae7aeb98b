/** Given names that are common in the United States over the last century (public lists of the SSA), as a supporting witness only. */
export const GIVEN_NAMES = new Set(
  (
    'aaliyah|aaron|abdul|abigail|adam|addison|adele|agatha|agnes|agnieszka|ahmed|aiden|aisha|akira|alan|albert|alberto|alejandro|alexander|alexis|ali|' +
    'alice|alicia|alistair|alma|amanda|amber|amelia|amina|amit|amy|ana|andrea|andrew|andrzej|angel|angela|angus|anh|anita|anjali|ann|anna|anne|anthony|' +
    'antonio|aoife|april|aria|arjun|armando|arnold|arthur|arturo|arun|asher|ashley|ashok|astrid|aubrey|austin|autumn|ava|barbara|barry|beatrice|becky|ben|' +
    'benjamin|beth|bethany|betty|beverly|bianca|bill|billy|bjorn|blake|bob|bobby|bonnie|boris|brad|bradley|brandon|brayden|brenda|brett|brian|briana|' +
    'brittany|brooke|brooklyn|bruce|bryan|caleb|calvin|camila|candice|carl|carla|carlos|carmen|carol|carolyn|carter|cassandra|cassie|catherine|cathy|cecil|' +
    'celeste|cerys|cesar|chad|charles|charlotte|chase|chelsea|chen|cheryl|chiara|chloe|chris|christian|christina|christine|christopher|chukwu|claire|clara|' +
    'clarence|claude|claudia|clyde|cody|cole|connie|consuelo|cornelius|courtney|craig|crystal|curtis|cynthia|daisy|dale|dan|daniel|danielle|daphne|dariush|' +
    'darlene|darnell|darrell|dave|david|dawn|dean|deborah|debra|declan|deepak|denise|dennis|derek|deshawn|desiree|destiny|diana|diane|diego|dmitri|dolores|' +
    'dominic|don|donald|donna|dora|doris|dorothy|douglas|duncan|dustin|dylan|earl|ebenezer|eddie|edith|edna|eduardo|edward|eileen|elaine|eleanor|elena|' +
    'elias|elijah|elizabeth|ella|ellen|elliot|elliott|elmer|elsie|emily|emma|emmett|enrique|ephraim|eric|erica|erik|ernest|ernesto|esperanza|esther|ethan|' +
    'ethel|eugene|eva|eve|evelyn|everett|everyman|ewan|ezekiel|ezra|fabian|faith|farah|fatima|felipe|felix|feng|fernando|fiona|florence|frances|francesca|' +
    'francisco|francois|frank|frankie|fred|frederick|freya|friedrich|gabriel|gail|garrett|gary|gene|george|georgia|gerald|geraldine|gerardo|gideon|gilbert|' +
    'gina|giovanni|giuseppe|gladys|glen|glenn|gloria|gordon|grace|graham|greg|gregory|greta|griffin|guadalupe|guillermo|gustavo|gwendolyn|hakeem|hamish|' +
    'hannah|hans|hao|harold|harper|harriet|harry|haruto|harvey|hassan|hazel|heather|hector|heidi|heinrich|helen|henry|herbert|herman|hernando|hiroshi|' +
    'holly|hope|horace|howard|hugo|hui|hung|hunter|huong|hussein|hyacinth|hyun|ian|ibrahim|ida|ignacio|igor|imani|ingrid|irene|irina|iris|isaac|isabel|' +
    'isabella|isaiah|isla|israel|ivan|ivy|jack|jackson|jacob|jacqueline|jade|jaime|jamal|james|jamie|jane|janelle|janet|janice|jared|jasmine|jason|jasper|' +
    'javier|jay|jayden|jean|jedidiah|jeff|jeffrey|jenna|jennifer|jenny|jens|jeremy|jerry|jesse|jessica|jessie|ji|jia|jill|jillian|jim|jimmy|jin|jing|jo|' +
    'joan|joanna|joanne|jocelyn|jodi|joe|joel|john|johnny|jon|jonathan|jordan|jorge|jorn|jose|josefina|joseph|josephine|joshua|josie|joy|joyce|juan|' +
    'juanita|judith|judy|julia|julian|julie|julio|jun|june|jurgen|justin|kareem|karen|karl|katarzyna|katherine|kathleen|kathryn|kathy|katie|kavita|kayla|' +
    'kaylee|keisha|keith|kelly|kelsey|ken|kendra|kenji|kenneth|kevin|khadija|kim|kimberly|kirk|klaus|kristen|kristin|kristina|krystal|krzysztof|kurt|kwame|' +
    'kyle|lakisha|lakshmi|lan|lana|lane|larry|lars|latoya|laura|lauren|lawrence|layla|layth|leah|lee|lei|leila|lena|leo|leon|leona|leonard|leopold|leroy|' +
    'leslie|lester|leticia|levi|li|liam|lillian|lily|linda|lindsay|lindsey|linh|lisa|lloyd|logan|lois|lola|loretta|lori|lorraine|louis|louise|lourdes|luca|' +
    'lucas|lucia|lucille|lucius|lucy|luis|luke|luna|lydia|lynn|mabel|mackenzie|madison|maggie|magnus|mai|makayla|malcolm|malik|mallory|manuel|marc|marcel|' +
    'marcia|marco|marcus|margaret|margarita|margie|maria|marie|marilyn|marina|mario|marion|marisol|marissa|marjorie|mark|marlene|marquis|martha|martin|' +
    'marvin|mary|maryam|mason|mateo|matteo|matthew|maude|maureen|maurice|max|maxwell|maya|mckenzie|meera|megan|mei|melanie|melissa|melvin|mercedes|mia|' +
    'michael|michelle|miguel|mike|mildred|milton|min|mindy|ming|minh|minnie|miranda|mitchell|mohammed|moira|molly|mona|monica|morgan|morris|muhammad|myra|' +
    'myrtle|nadia|nancy|naoko|naomi|natalia|natalie|natasha|nathan|nathaniel|neha|neil|nelson|nevaeh|nguyen|niamh|nicholas|nicolas|nicole|nikki|nina|noah|' +
    'noel|noor|nora|norma|norman|olga|oliver|olivia|omar|opal|orville|oscar|otis|owen|pablo|padraig|paige|paisley|pam|pamela|parker|pat|patricia|patrick|' +
    'patsy|patty|paul|paula|pauline|pearl|pedro|peggy|penelope|penny|percy|perry|peter|phil|philip|phillip|phyllis|pierre|pilar|piotr|pooja|preston|priya|' +
    'quentin|quinn|rachel|rafael|rahul|raj|ralph|ramiro|ramon|ramona|randy|rashad|raul|ravi|ray|raymond|rebecca|rebekah|reed|regina|reginald|rene|renee|' +
    'rex|reza|rhys|ricardo|richard|rick|ricky|riley|rita|robert|roberta|roberto|robin|rocco|rodney|roger|rohan|roland|roman|ron|ronald|ronnie|rosa|rosario|' +
    'rose|rosemary|roxanne|roy|ruben|ruby|rufus|rupert|russell|ruth|ryan|sabrina|sadie|sakura|sally|salvador|sam|samantha|samir|samuel|sandra|sanjana|' +
    'sanjay|sara|sarah|sasha|saul|savannah|scarlett|scott|seamus|sean|sebastian|seo|sergei|sergio|shane|shannon|sharon|shawn|sheila|sherry|shirley|sidney|' +
    'sierra|silas|silvia|simon|siobhan|skylar|sofia|sonia|sonya|soo|sophia|spencer|stacey|stanley|stella|stephanie|stephen|steve|steven|stuart|sue|summer|' +
    'sunita|suresh|susan|suzanne|sven|svetlana|sybil|sydney|sylvia|tabitha|takashi|tamika|tammy|tanisha|tanya|tara|tariq|tasha|tatiana|taylor|ted|teresa|' +
    'terrence|terri|terry|thaddeus|thelma|theodore|theresa|thi|thomas|tiffany|tim|timothy|tina|toby|todd|tom|tommie|tommy|tony|tracey|tracy|travis|trevon|' +
    'trevor|tricia|trisha|troy|tuan|tyler|tyrone|ulysses|ursula|valerie|vanessa|velma|vera|vernon|veronica|vicki|victor|victoria|vijay|vikram|vince|' +
    'vincent|viola|violet|virginia|vivian|vladimir|wade|wallace|walter|wanda|warren|wayne|wei|wendell|wendy|wesley|whitney|wilbur|will|willard|william|' +
    'willie|wilma|wilson|winifred|winston|wolfgang|woodrow|xander|xavier|ximena|xin|yan|yesenia|ying|yolanda|young|yuki|yuri|yusuf|yvette|yvonne|zach|' +
    'zachary|zainab|zane|zelda|zoe|zoey|zofia'
  ).split('|'),
);

export function isGivenName(token: string): boolean {
  return GIVEN_NAMES.has(token.toLowerCase().replace(/[.,]/g, ''));
}

/** Given names that are words of every day, too: in running text they need more beside them. */
export const ALSO_WORDS = new Set(
  'grace|hope|faith|joy|will|mark|bill|rose|april|may|june|summer|autumn|dawn|hunter|chase|mason|carter|parker|jade|ruby|iris|ivy|violet|lane|dale|glen|reed|wade|penny|sierra|savannah|jordan|georgia|virginia|rich|jack|frank|art|gene|gale|dean|earl|duncan|cole|brook|brooke|paige|page|taylor|morgan|robin|jay|ray|pat|rob|sue|angel|christian|destiny|crystal|amber|pearl|opal|daisy|lily|hazel|olive|basil|sage|miles|grant|chance|max|ace|rusty|sandy|sonny|star|sky|skylar|harper|cooper|hall|case|kit|drew|josh|nick|don|guy|gay|randy|chuck|buck|cliff|forest|rod|clay|stone|wood|woody|norm|chip|skip|flora|fern|holly|heather|ginger|melody|harmony|serenity|trinity|mercy|charity|patience|prudence|constance|honor|justice|paris|london|sydney|brooklyn|dallas|austin|houston|jackson|lincoln|madison|washington|israel|china|asia|india|ji|min|jin|jun|an|li|mei|lei|hao|yan|xin|ming|soo|thi|anh|mai|lan|ali|lee|leo|omar|rex|jo|lou|val|viola|regina|gloria|victoria|florence|charlotte|chelsea|carol|carole|jasper|felix|oscar|hugo|luna|nova|atlas|orion|phoenix|ezra|kelvin|celsius|pascal|newton|darwin|celeste|aurora'.split(
    '|',
  ),
);

/** A name that is hardly anything else. */
export function isPlainlyGivenName(token: string): boolean {
  return isGivenName(token) && !ALSO_WORDS.has(token.toLowerCase().replace(/[.,]/g, ''));
}
