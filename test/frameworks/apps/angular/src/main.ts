import { bootstrapApplication } from '@angular/platform-browser';
import 'connect-account/define.js';
import { App } from './app';

bootstrapApplication(App).catch((error) => console.error(error));
